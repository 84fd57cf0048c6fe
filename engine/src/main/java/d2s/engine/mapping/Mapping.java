package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

/**
 * One mapping file: one pass over its relations that fills target tables and copies files.
 *
 * @param about what the file does, for the reader of the reference
 * @param groupBy the column by which the relations of a hook are read side by side; null without
 *     groups
 * @param key the columns that name a row in messages; never a secret
 * @param hook the simple name of a hook class, or null
 * @param after names of mappings that must have run before
 */
public record Mapping(
    Text name,
    Text phase,
    Text about,
    List<Relation> from,
    Text groupBy,
    List<Text> key,
    List<Lookup> lookups,
    List<Let> lets,
    List<Skip> skips,
    Text hook,
    List<Block> to,
    List<FileBlock> files,
    List<Derivation> derive,
    List<Update> updates,
    List<SequenceValue> sequences,
    List<Expectation> expectations,
    List<Count> counts,
    List<Text> after,
    VersionRange gate) {}
