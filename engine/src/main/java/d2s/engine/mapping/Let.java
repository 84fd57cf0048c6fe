package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;

/** A value computed once per source row, usable by name in the expressions after it. */
public record Let(Text name, Value value) {}
