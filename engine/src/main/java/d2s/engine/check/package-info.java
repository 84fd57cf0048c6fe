/**
 * Mappings and catalogs in, bound mappings out whose names and types fit, or the problems.
 *
 * <p>{@link d2s.engine.check.Checker} is the way in, {@link d2s.engine.check.FileChecker} where
 * there is no target. The other classes are many because each part of a mapping has one of its own,
 * that nobody else calls: {@code …Binder} finds names and types for a part, {@code …Check} and
 * {@code SqlChecker} look for a kind of mistake, {@code TypedScope}, {@code TargetTables} and
 * {@code TypeCompatibility} know what is there and what fits.
 */
package d2s.engine.check;
