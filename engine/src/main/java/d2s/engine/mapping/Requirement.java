package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * Something that must hold before anything is touched.
 *
 * @param sql a query that must return no row; the first column of its rows is quoted
 * @param message what is wrong and what to do now
 * @param files whether it must hold too where only files are copied, perhaps while the source is
 *     still in use
 * @param loading whether it must hold only where rows are going to stay: neither in a dry run nor
 *     where the mappings are only checked or planned
 */
public record Requirement(Side side, Text sql, Text message, boolean files, boolean loading) {}
