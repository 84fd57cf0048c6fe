/**
 * What {@code d2s check} does: a live pair of databases before a migration, or mapping files with
 * schemas, once or for as long as somebody edits them.
 */
package d2s.cli.check;
