/**
 * Measures a migration against plain COPY: a generated database comes in, and seconds and memory go
 * out.
 */
package d2s.benchmark;
