package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One mapping file: one pass over its relations that fills target tables and copies files.
 *
 * @param description what the file does, for the reader of the reference
 * @param groupBy the column by which the relations of a hook are read side by side; null without
 *     groups
 * @param label the columns that name a row in messages; never a secret
 * @param hook the simple name of a hook class, or null
 * @param dependsOn names of mappings that must have run before
 * @param examples what the mapping makes of some rows
 * @param versions target versions for which the mapping applies
 */
public record Mapping(
    Text name,
    Text phase,
    Text description,
    List<Relation> from,
    Text groupBy,
    List<Text> label,
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
    List<Text> dependsOn,
    List<Example> examples,
    VersionRange versions) {

  /**
   * The mapping as it is for one version of the target: without what is not meant for it, so that
   * nobody else needs to ask. Whether the mapping applies at all is for the caller to ask.
   */
  public Mapping forVersion(int version) {
    return with(
        meantFor(to, Block::versions, version).stream()
            .map(block -> block.forVersion(version))
            .toList(),
        meantFor(derive, Derivation::versions, version).stream()
            .map(derivation -> derivation.forVersion(version))
            .toList(),
        meantFor(updates, Update::versions, version).stream()
            .map(update -> update.forVersion(version))
            .toList(),
        meantFor(sequences, SequenceValue::versions, version),
        expectations,
        counts);
  }

  /** The target tables that it writes rows to. */
  public SortedSet<String> fills() {
    SortedSet<String> tables = new TreeSet<>();
    to.forEach(block -> tables.add(block.table().value()));
    derive.forEach(derivation -> tables.add(derivation.table().value()));
    return tables;
  }

  /** The tables that the source need not have. If one is missing, the mapping does not run. */
  public List<Text> optionalTables() {
    return from.stream().filter(Relation::optional).map(Relation::table).toList();
  }

  /** The mapping as it is where only files are copied: without all that is done to the target. */
  public Mapping filesOnly() {
    return with(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private Mapping with(
      List<Block> blocks,
      List<Derivation> derivations,
      List<Update> changes,
      List<SequenceValue> values,
      List<Expectation> sentences,
      List<Count> numbers) {
    return new Mapping(
        name,
        phase,
        description,
        from,
        groupBy,
        label,
        lookups,
        lets,
        skips,
        hook,
        blocks,
        files,
        derivations,
        changes,
        values,
        sentences,
        numbers,
        dependsOn,
        examples,
        versions);
  }

  /** Those of the parts that are meant for a version. */
  static <T> List<T> meantFor(List<T> parts, Function<T, VersionRange> range, int version) {
    return parts.stream().filter(part -> range.apply(part).contains(version)).toList();
  }
}
