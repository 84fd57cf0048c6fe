/** The inner loops, measured with JMH: made-up rows come in, and times an operation go out. */
package d2s.benchmark.loop;
