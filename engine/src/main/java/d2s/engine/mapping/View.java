package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/** A named query that relations of the same side can use like a table. */
public record View(Text name, Side side, Text sql) {}
