/**
 * The text of an expression in, a compiled function of a row out: JEXL, made strict, safe and fast.
 */
package d2s.engine.expression;
