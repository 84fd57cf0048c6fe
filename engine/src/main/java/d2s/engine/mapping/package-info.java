/** The mapping language as records: one record for each thing that a mapping file can say. */
package d2s.engine.mapping;
