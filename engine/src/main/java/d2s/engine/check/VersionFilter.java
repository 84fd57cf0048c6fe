package d2s.engine.check;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Update;
import d2s.engine.mapping.VersionRange;
import java.util.List;

/** Leaves out of a mapping what is not meant for a target version, so that nobody else asks. */
final class VersionFilter {

  private final int version;

  private VersionFilter(int version) {
    this.version = version;
  }

  static Mapping of(Mapping mapping, int version) {
    return new VersionFilter(version).of(mapping);
  }

  /** What is needed of a mapping to copy its files. */
  static Mapping filesOf(Mapping mapping) {
    return new Mapping(
        mapping.name(),
        mapping.phase(),
        mapping.about(),
        mapping.from(),
        mapping.groupBy(),
        mapping.key(),
        mapping.lookups(),
        mapping.lets(),
        mapping.skips(),
        mapping.hook(),
        List.of(),
        mapping.files(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        mapping.gate());
  }

  private Mapping of(Mapping mapping) {
    return new Mapping(
        mapping.name(),
        mapping.phase(),
        mapping.about(),
        mapping.from(),
        mapping.groupBy(),
        mapping.key(),
        mapping.lookups(),
        mapping.lets(),
        mapping.skips(),
        mapping.hook(),
        mapping.to().stream().filter(block -> open(block.gate())).map(this::block).toList(),
        mapping.files(),
        mapping.derive().stream().filter(one -> open(one.gate())).map(this::derivation).toList(),
        mapping.updates().stream().filter(one -> open(one.gate())).map(this::update).toList(),
        mapping.sequences().stream().filter(one -> open(one.gate())).toList(),
        mapping.expectations(),
        mapping.counts(),
        mapping.after(),
        mapping.gate());
  }

  private boolean open(VersionRange gate) {
    return gate.open(version);
  }

  private Block block(Block block) {
    return new Block(
        block.table(),
        block.rows(),
        block.when(),
        block.each(),
        block.columns().stream().filter(column -> open(column.gate())).toList(),
        block.gate());
  }

  private Derivation derivation(Derivation derivation) {
    return new Derivation(
        derivation.table(), derivation.from(), columns(derivation.columns()), derivation.gate());
  }

  private Update update(Update update) {
    return new Update(update.table(), update.where(), columns(update.columns()), update.gate());
  }

  private List<Derivation.Column> columns(List<Derivation.Column> columns) {
    return columns.stream().filter(column -> open(column.gate())).toList();
  }
}
