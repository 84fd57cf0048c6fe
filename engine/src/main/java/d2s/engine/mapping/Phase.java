package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/** A part of the migration that can be chosen by its name or number. */
public record Phase(Text name, Text description) {}
