/**
 * Everything prepared in, a loaded target out: one transaction, and the checks before its commit.
 */
package d2s.engine.run;
