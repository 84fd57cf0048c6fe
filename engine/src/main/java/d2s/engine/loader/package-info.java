/**
 * A directory of mapping files in, one {@link d2s.engine.mapping.MappingSet} out, or all of its
 * problems at once.
 */
package d2s.engine.loader;
