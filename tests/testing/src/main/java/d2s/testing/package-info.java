/**
 * What the tests of all modules stand on: empty databases of a real PostgreSQL, directories and
 * recorded media go out.
 */
package d2s.testing;
