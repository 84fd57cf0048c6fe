/**
 * A bound mapping in, its rows in the target out; and the order in which steps run side by side.
 */
package d2s.engine.step;
