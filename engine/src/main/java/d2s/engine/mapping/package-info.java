/**
 * The mapping language as records. They are many because each thing that a mapping file can say has
 * one, and few lines each; read them beside docs/reference/mapping-language.md.
 */
package d2s.engine.mapping;
