/**
 * Where a living Dendrite keeps its tables: a layout comes in, and settings for its configuration
 * and rows of its tables go out.
 */
package d2s.switchover.store;
