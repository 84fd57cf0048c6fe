package d2s.engine.spec;

import java.util.List;

/**
 * A small relation held in memory while a mapping runs, asked in expressions with {@code
 * name.has(key, ...)} and {@code name.get(key, ...)}.
 *
 * @param keys the columns that make the key
 * @param value the column that {@code get} answers; null where only {@code has} is used
 */
public record Lookup(Text name, Relation relation, List<Text> keys, Text value) {}
