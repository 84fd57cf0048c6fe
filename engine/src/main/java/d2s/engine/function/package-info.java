/**
 * Values in, a value out: the functions that every expression may call, and those of a mapping set.
 */
package d2s.engine.function;
