/**
 * Holds the README and docs/guide to the program: the pages come in, what an admin would do with
 * them is done, and it must work.
 */
package d2s.guide;
