/** What threads of a run need of each other: the end of one, and the failure of one. */
package d2s.engine.concurrent;
