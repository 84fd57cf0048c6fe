package d2s.engine.examples;

import d2s.engine.files.FileRequest;
import d2s.engine.mapping.Example;
import d2s.engine.mapping.Example.Cell;
import d2s.engine.mapping.Example.Row;
import d2s.engine.mapping.Example.Rows;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Preflight;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.RememberingDescriber;
import d2s.engine.query.RememberingDescriber.Memory;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Skipped;
import d2s.engine.run.TrialLoad;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.transfer.PlannedFiles.PlannedFile;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Tries an example: puts its rows into both databases, runs the mapping as a migration does,
 * compares, and rolls everything back.
 */
final class ExampleTrial {

  private final MappingSet set;
  private final Mapping mapping;
  private final Example example;
  private final TrialDatabase source;
  private final TrialDatabase target;
  private final Problems problems;
  private final RowComparison comparison;

  /**
   * A database that has the tables of a catalog and no rows.
   *
   * @param connection in a transaction that has done nothing
   * @param memory what the database said to queries
   */
  record TrialDatabase(
      Catalog catalog, DataSource database, Connection connection, Memory memory) {}

  ExampleTrial(
      MappingSet set,
      Mapping mapping,
      Example example,
      TrialDatabase source,
      TrialDatabase target,
      Problems problems) {
    this.set = set;
    this.mapping = mapping;
    this.example = example;
    this.source =
        example.added().isEmpty()
            ? source
            : new TrialDatabase(
                AddedColumns.in(source.catalog(), example),
                source.database(),
                source.connection(),
                new Memory());
    this.target = target;
    this.problems = problems;
    this.comparison = new RowComparison(example, problems);
  }

  void run() throws SQLException {
    try {
      boolean prepared =
          AddedColumns.create(example, source.connection(), problems)
              && SampleRows.insert(
                  example.source(), source.catalog(), source.connection(), problems)
              && SampleRows.insert(
                  example.given(), target.catalog(), target.connection(), problems);
      if (prepared) {
        load();
      }
    } catch (MigrationFailedException | PreconditionFailedException | InvalidMappingsException e) {
      problems.add(
          example.description().at(),
          "the mapping fails in this example: " + e.getMessage().strip());
    } finally {
      target.connection().rollback();
      source.connection().rollback();
    }
  }

  private void load() throws SQLException {
    Preflight prepared =
        Preflight.ofKnown(
            reduced(),
            source.catalog(),
            target.catalog(),
            Map.of(Side.SOURCE, source.connection(), Side.TARGET, target.connection()),
            new RememberingDescriber(
                new LiveDescriber(source.connection(), target.connection()),
                source.memory(),
                target.memory()),
            facts());
    TrialLoad load = new TrialLoad(prepared, source.connection(), target.connection());
    TrialLoad.Result result = load.run(target.database());
    result
        .unmet()
        .forEach(
            unmet ->
                problems.add(
                    example.description().at(),
                    "in this example it is not true that "
                        + unmet.expectation()
                        + " (mapping "
                        + unmet.mapping()
                        + "): "
                        + unmet.text()));
    compareSkipped(result.skipped());
    compareTables();
    compareSequences();
    Optional<Step> step = prepared.plan().step(mapping.name().value());
    if (!example.files().isEmpty() && step.isPresent()) {
      compareFiles(load.files(step.get().bound()));
    }
  }

  /** The mappings that run, and nothing of what is there to refuse databases. */
  private MappingSet reduced() {
    List<String> names = new ArrayList<>(List.of(mapping.name().value()));
    example.with().forEach(name -> names.add(name.value()));
    return new MappingSet(
        set.name(),
        set.description(),
        set.source(),
        set.target(),
        set.phases(),
        set.stores(),
        set.views(),
        set.facts(),
        List.of(),
        set.secrets(),
        set.mappings().stream().filter(one -> names.contains(one.name().value())).toList(),
        List.of());
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    for (Fact fact : set.facts()) {
      if (fact.example() != null) {
        facts.put(fact.name().value(), fact.example().plain());
      }
    }
    example.facts().forEach(fact -> facts.put(fact.name().value(), fact.value().plain()));
    return facts;
  }

  private void compareTables() throws SQLException {
    Map<String, Long> unnamed = new TreeMap<>();
    ExampleCheck.filled(mapping.forVersion(Integer.parseInt(target.catalog().version())))
        .forEach(table -> unnamed.put(table, 0L));
    example
        .given()
        .forEach(rows -> unnamed.computeIfPresent(rows.table().value(), (t, n) -> rows.size()));
    for (Rows rows : example.target()) {
      Table table = target.catalog().table(rows.table().value()).orElseThrow();
      unnamed.remove(table.name());
      Map<Row, Map<String, String>> expected = new HashMap<>();
      boolean readable = true;
      for (Row row : rows.rows()) {
        readable &= expect(row, table, expected);
      }
      if (readable) {
        comparison.compare(
            rows,
            ActualRows.of(table, target.connection()),
            (row, actual) -> differences(row, expected.get(row), actual, table));
      }
    }
    for (Map.Entry<String, Long> table : unnamed.entrySet()) {
      comparison.requireNone(
          table.getKey(),
          table.getValue(),
          ActualRows.of(target.catalog().table(table.getKey()).orElseThrow(), target.connection()));
    }
  }

  /** False if a value is none of its column, which PostgreSQL alone can tell of some types. */
  private boolean expect(Row row, Table table, Map<Row, Map<String, String>> expected)
      throws SQLException {
    var before = target.connection().setSavepoint();
    try {
      expected.put(row, ActualRows.expected(row, table, target.connection()));
      return true;
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw e;
      }
      target.connection().rollback(before);
      problems.add(row.at(), "PostgreSQL refuses a value of this row: " + SqlErrors.reason(e));
      return false;
    }
  }

  private static List<Difference> differences(
      Row row, Map<String, String> expected, Map<String, String> actual, Table table) {
    List<Difference> found = new ArrayList<>();
    for (Cell cell : row.cells()) {
      Column column = table.column(cell.name().value()).orElseThrow();
      String value = actual.get(column.name());
      found.addAll(
          SampleValue.isJson(cell.value(), column.type())
              ? Difference.ofJson(cell.value(), column.name(), value)
              : Difference.of(cell.value(), column.name(), expected.get(column.name()), value));
    }
    return found;
  }

  private void compareSkipped(List<Skipped> skipped) {
    List<Skipped> left = new ArrayList<>(skipped);
    for (Example.NotMigrated expected : example.skipped()) {
      String item = expected.item().value();
      Optional<Skipped> found =
          left.stream()
              .filter(one -> one.what().equals(item) && hasReason(one, expected))
              .findFirst()
              .or(() -> left.stream().filter(one -> one.what().equals(item)).findFirst());
      if (found.isEmpty()) {
        report(expected.item().at(), item + " is not skipped", skipped);
      } else {
        left.remove(found.get());
        if (!hasReason(found.get(), expected)) {
          report(expected.reason().at(), item + " is skipped for another reason", skipped);
        }
      }
    }
    for (Skipped other : left) {
      report(
          example.description().at(),
          other.what() + " is skipped, which the example does not name",
          skipped);
    }
  }

  private static boolean hasReason(Skipped skipped, Example.NotMigrated expected) {
    return expected.reason() == null
        || plain(skipped.reason()).contains(plain(expected.reason().value()));
  }

  private static String plain(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private void report(Position at, String message, List<Skipped> skipped) {
    StringBuilder text = new StringBuilder(message);
    text.append(" (example: ").append(example.description()).append(')');
    text.append(skipped.isEmpty() ? "\n  nothing is skipped" : "\n  skipped:");
    skipped.forEach(
        one ->
            text.append("\n  - ")
                .append(one.what())
                .append(" (mapping ")
                .append(one.mapping())
                .append("): ")
                .append(plain(one.reason())));
    problems.add(at, text.toString());
  }

  private void compareSequences() throws SQLException {
    for (Cell sequence : example.sequences()) {
      Object last =
          RowReader.scalar(
              target.connection(),
              "select last_value from " + SqlIdentifier.quote(sequence.name().value()));
      if (!sequence.value().content().equals(last)) {
        problems.add(
            sequence.value().at(),
            "the last value of "
                + sequence.name()
                + " is "
                + last
                + ", not "
                + sequence.value().content()
                + " (example: "
                + example.description()
                + ")");
      }
    }
  }

  private void compareFiles(List<PlannedFile> planned) {
    for (Rows store : example.files()) {
      comparison.compare(
          store,
          planned.stream()
              .filter(file -> file.store().equals(store.table().value()))
              .map(file -> columns(file.request()))
              .toList(),
          (row, actual) ->
              row.cells().stream()
                  .flatMap(
                      cell ->
                          Difference.of(
                              cell.value(),
                              cell.name().value(),
                              cell.value().content() == null
                                  ? null
                                  : cell.value().content().toString(),
                              actual.get(cell.name().value()))
                              .stream())
                  .toList());
    }
  }

  private static Map<String, String> columns(FileRequest file) {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("from", file.from());
    columns.put("to", file.to());
    columns.put("size", file.size() < 0 ? null : Long.toString(file.size()));
    columns.put("sha256", file.sha256());
    return columns;
  }
}
