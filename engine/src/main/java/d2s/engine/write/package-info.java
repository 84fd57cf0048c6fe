/** Frames of values in, binary COPY out. */
package d2s.engine.write;
