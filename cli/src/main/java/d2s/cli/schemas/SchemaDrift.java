package d2s.cli.schemas;

import d2s.engine.catalog.CatalogDifference;
import d2s.engine.catalog.CatalogDifference.Kind;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Update;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Says what a difference between two schemas of the target means for mapping files. */
public final class SchemaDrift {

  private final MappingSet set;
  private final List<CatalogDifference> differences;
  private final String version;

  /**
   * @param version the number of the newer schema
   */
  public SchemaDrift(MappingSet set, List<CatalogDifference> differences, String version) {
    this.set = set;
    this.differences = differences;
    this.version = version;
  }

  /**
   * What a schema has that the nearest one that ships with the program has not, and what to write;
   * nothing where they are the same.
   */
  public static List<String> sinceNearest(MappingSet set, Catalog schema) {
    Catalog nearest = null;
    for (Catalog known : SchemaCheck.bundled(set.target().name().value() + "-")) {
      if (nearest == null
          || Integer.parseInt(known.version()) <= Integer.parseInt(schema.version())) {
        nearest = known;
      }
    }
    List<CatalogDifference> differences = CatalogDifference.between(nearest, schema);
    List<String> lines = new ArrayList<>();
    if (!set.target().supported().contains(Integer.parseInt(schema.version()))) {
      lines.add(
          "%s: supported is '%s' and must allow %s in the end."
              .formatted(
                  set.target().supportedText().at(),
                  set.target().supportedText().value(),
                  schema.version()));
      lines.add("");
    }
    if (!differences.isEmpty()) {
      lines.add("What is new since " + nearest.name() + ", and what you can write:");
      SchemaDrift drift = new SchemaDrift(set, differences, schema.version());
      for (CatalogDifference difference : differences) {
        lines.add("  " + difference);
        drift.advice(difference).forEach(line -> lines.add("      " + line));
      }
      lines.add("");
    }
    return lines;
  }

  /**
   * What to look at and what to write because of a difference; nothing where nothing is touched.
   */
  public List<String> advice(CatalogDifference difference) {
    List<String> lines = new ArrayList<>();
    places(difference).forEach(place -> lines.add("touches " + place));
    boolean accountedFor = !lines.isEmpty();
    if (difference.before() == null && accountedFor) {
      if (difference.kind() == Kind.CHECK) {
        lines.add("nothing looks at it before the load, and a row that breaks it ends the load.");
        lines.add("Give a value that fits, or skip such rows");
      }
      return lines;
    }
    if (difference.kind() == Kind.SEQUENCE && difference.before() == null) {
      lines.add("no check asks for it. If it numbers loaded rows, or a stream that clients hold");
      lines.add("positions of, say its last value in a mapping" + sequences() + ":");
      lines.add("  sequences:");
      lines.add(line("  " + difference.table() + ": ", "…", ">="));
    } else if (difference.kind() == Kind.SEQUENCE
        && difference.after() == null
        && !lines.isEmpty()) {
      lines.add("keep the line for older versions:");
      lines.add(line(difference.table(), "…", "<"));
    } else if (difference.kind() == Kind.TABLE && difference.before() == null) {
      lines.add(
          "map it (d2s new mapping %s --synapse-catalog … writes the beginning),"
              .formatted(difference.table()));
      lines.add("or add to a ledger file of the target:");
      lines.add(
          "  %s: { reason: why it starts empty, %s: '>=%s' }"
              .formatted(difference.table(), key(), version));
      guess(difference).forEach(lines::add);
    } else if (difference.kind() == Kind.COLUMN && difference.before() == null) {
      lines.add("map it, where the mapping fills " + difference.table() + blocks(difference) + ":");
      lines.add(
          line(
              difference.column(),
              went(difference).map(old -> present(old).value()).orElse("…"),
              ">="));
      if (mustBeFilled(difference)) {
        lines.add("it must be filled: it is NOT NULL and has no default");
        guess(difference).forEach(lines::add);
        return lines;
      }
      lines.add("or add to a ledger file of the target:");
      lines.add("  " + difference.table() + ":");
      lines.add(
          "    "
              + difference.column()
              + ": { reason: why it starts empty, "
              + key()
              + ": '>="
              + version
              + "' }");
      guess(difference).forEach(lines::add);
    } else if (difference.kind() == Kind.COLUMN && !lines.isEmpty()) {
      lines.add("keep the line for older versions:");
      lines.add(older(difference.column(), difference));
    } else if (difference.kind() == Kind.TYPE && !lines.isEmpty() && !isSplit(difference)) {
      lines.add("look whether the values fit; if not, write one for each range of versions:");
      lines.add("  " + difference.column() + ":");
      lines.add(older("  - ", difference));
      lines.add(line("  - ", converted(difference), ">="));
    }
    return lines;
  }

  /** No ledger can leave out a column that must not be NULL and has no value by itself. */
  private static boolean mustBeFilled(CatalogDifference difference) {
    return difference.after().endsWith(" not null");
  }

  /** The present value in the new type, where an expression can make it; else …. */
  private String converted(CatalogDifference difference) {
    String value = present(difference).value();
    boolean numberToText =
        difference.before().matches("int[248]") && difference.after().matches("text|varchar.*");
    return numberToText && value.matches("[A-Za-z_]\\w*")
        ? "\"%1$s == null ? null : '' + %1$s\"".formatted(value)
        : "…";
  }

  /** A line for the versions before this one that the column is filled in today. */
  private String older(String column, CatalogDifference difference) {
    PresentValue present = present(difference);
    return line(column, present.value(), present.since() + "<");
  }

  private String line(String column, String value, String comparison) {
    return "  %s{ value: %s, %s: '%s%s' }"
        .formatted(
            column.endsWith(" ") ? column : column + ": ", value, key(), comparison, version);
  }

  /** What the column is filled with in the version before, which its new name or form follows. */
  private PresentValue present(CatalogDifference difference) {
    return PresentValue.of(
        set, difference.table(), difference.column(), Integer.parseInt(version) - 1);
  }

  /** Whether each line that fills the column is for one side of the change. */
  private boolean isSplit(CatalogDifference difference) {
    int after = Integer.parseInt(version);
    return !PresentValue.isShared(set, difference.table(), difference.column(), after - 1, after);
  }

  /** The places where a table is filled, in parentheses. */
  private String blocks(CatalogDifference difference) {
    String places =
        set.mappings().stream()
            .flatMap(mapping -> mapping.to().stream())
            .map(Block::table)
            .filter(table -> table.value().equals(difference.table()))
            .map(table -> table.at().toString())
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? "" : " (" + places + ")";
  }

  /** The mappings that say values of sequences, in parentheses. */
  private String sequences() {
    String places =
        set.mappings().stream()
            .filter(mapping -> !mapping.sequences().isEmpty())
            .map(mapping -> mapping.sequences().get(0).sequence().at().toString())
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? "" : " (" + places + ")";
  }

  private String key() {
    return set.target().name().value();
  }

  /** The only column of the same type that went, which may have got this name. */
  private Optional<CatalogDifference> went(CatalogDifference came) {
    List<CatalogDifference> candidates = candidates(came);
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private List<CatalogDifference> candidates(CatalogDifference came) {
    return differences.stream()
        .filter(went -> went.kind() == came.kind() && went.after() == null)
        .filter(went -> came.kind() == Kind.TABLE || went.table().equals(came.table()))
        .filter(went -> came.after().equals(went.before()))
        .toList();
  }

  /** A column or table of the same type that went may have got this name. */
  private List<String> guess(CatalogDifference came) {
    return candidates(came).stream()
        .map(
            went ->
                "a guess: this is "
                    + (came.kind() == Kind.TABLE ? went.table() : went.column())
                    + " under a new name")
        .toList();
  }

  private List<String> places(CatalogDifference difference) {
    List<String> places = new ArrayList<>();
    BiConsumer<Text, Text> look =
        (table, column) -> {
          boolean same = table.value().equals(difference.table());
          boolean whole = difference.column() == null || column == null;
          if (same && (whole || column.value().equals(difference.column()))) {
            String place =
                (column == null || difference.column() == null ? table : column).at() + "";
            if (!places.contains(place)) {
              places.add(place);
            }
          }
        };
    boolean wholeTable = difference.column() == null;
    for (Mapping any : set.mappings()) {
      // What went touches no line that is for older versions only.
      Mapping mapping =
          difference.after() == null ? any.forVersion(Integer.parseInt(version)) : any;
      for (Block block : mapping.to()) {
        block.columns().forEach(column -> look.accept(block.table(), column.name()));
      }
      for (Derivation derivation : mapping.derive()) {
        derivation.columns().forEach(column -> look.accept(derivation.table(), column.name()));
      }
      for (Update update : mapping.updates()) {
        update.columns().forEach(column -> look.accept(update.table(), column.name()));
      }
      if (difference.kind() == Kind.SEQUENCE) {
        mapping.sequences().forEach(value -> look.accept(value.sequence(), null));
      }
    }
    for (LedgerEntry entry : set.ledger()) {
      if (entry.side() == Side.TARGET && (wholeTable || entry.column() != null)) {
        look.accept(entry.table(), entry.column());
      }
    }
    return places;
  }
}
