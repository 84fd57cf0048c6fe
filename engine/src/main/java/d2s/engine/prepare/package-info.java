/**
 * Two databases and a mapping set in, everything that a run needs out, or the reasons why it must
 * not start. Nothing is changed.
 */
package d2s.engine.prepare;
