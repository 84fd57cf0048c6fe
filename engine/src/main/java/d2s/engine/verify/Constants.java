package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Mapping;
import d2s.engine.prepare.VerifyPreflight;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Value;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Columns that are the same in every row: those for which the mapping files say one value, and
 * those that they do not fill, which have the default of the column. One pass over each table.
 */
final class Constants implements Verification {

  private static final Pattern QUOTED = Pattern.compile("'[^'\\\\]*'");
  private static final Pattern SQL_CONSTANT =
      Pattern.compile("'[^'\\\\]*'(::[a-z ]+)?|-?[0-9]+|true|false|null");

  private static final String NULL = "null";

  /** Of some of these PostgreSQL cannot tell whether two are equal. */
  private static final Set<ColumnType.Kind> INCOMPARABLE =
      Set.of(ColumnType.Kind.JSON, ColumnType.Kind.OTHER);

  private final VerifyPreflight prepared;

  /** A column and the values that it may have, as SQL. */
  private record Constant(String column, Set<String> values) {}

  /** What one block or derivation writes: each column with its value, where that is known. */
  private record Fill(Map<String, Optional<String>> columns) {

    Optional<String> value(Column column) {
      return columns.getOrDefault(column.name(), standard(column));
    }
  }

  Constants(VerifyPreflight prepared) {
    this.prepared = prepared;
  }

  @Override
  public String name() {
    return "constants";
  }

  @Override
  public String proves() {
    return "A column that gets one value from the mapping files has it in every row.";
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public int passes() {
    return 1;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Map<String, List<Fill>> fills = fills();
    Set<String> updated =
        prepared.mappings().stream()
            .flatMap(mapping -> mapping.updates().stream())
            .map(update -> update.table().value())
            .collect(Collectors.toSet());
    for (Table table : prepared.target(context.target()).tables()) {
      if (fills.containsKey(table.name()) && !updated.contains(table.name())) {
        List<Constant> constants = constants(table, fills.get(table.name()));
        if (!constants.isEmpty()) {
          findings.looked(constants.size());
          look(table.name(), constants, context.target(), findings);
        }
      }
    }
  }

  /** By table. */
  private Map<String, List<Fill>> fills() {
    Map<String, List<Fill>> fills = new TreeMap<>();
    for (Mapping mapping : prepared.mappings()) {
      for (Block block : mapping.to()) {
        Map<String, Optional<String>> columns = new TreeMap<>();
        for (Block.Column column : block.columns()) {
          columns.put(
              column.name().value(),
              column.sql() == null ? constant(column.value()) : Optional.empty());
        }
        fills
            .computeIfAbsent(block.table().value(), table -> new ArrayList<>())
            .add(new Fill(columns));
      }
      for (Derivation derivation : mapping.derive()) {
        Map<String, Optional<String>> columns = new TreeMap<>();
        for (Derivation.Column column : derivation.columns()) {
          columns.put(column.name().value(), sql(column.sql().value()));
        }
        fills
            .computeIfAbsent(derivation.table().value(), table -> new ArrayList<>())
            .add(new Fill(columns));
      }
    }
    return fills;
  }

  private static List<Constant> constants(Table table, List<Fill> fills) {
    List<Constant> constants = new ArrayList<>();
    for (Column column : table.columns()) {
      if (INCOMPARABLE.contains(column.type().kind())) {
        continue;
      }
      List<Optional<String>> values = fills.stream().map(fill -> fill.value(column)).toList();
      if (values.stream().allMatch(Optional::isPresent)) {
        constants.add(
            new Constant(
                column.name(),
                values.stream().map(Optional::get).collect(Collectors.toCollection(TreeSet::new))));
      }
    }
    return constants;
  }

  private static void look(
      String table, List<Constant> constants, Connection target, Findings findings)
      throws SQLException {
    String counted =
        constants.stream()
            .map(one -> "count(*) filter (where " + differs(one) + ")")
            .collect(Collectors.joining(", "));
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery("select " + counted + " from " + SqlIdentifier.quote(table))) {
      row.next();
      for (int i = 0; i < constants.size(); i++) {
        if (row.getLong(i + 1) > 0) {
          Constant constant = constants.get(i);
          findings.found(
              table + "." + constant.column(),
              "is not "
                  + String.join(" or ", constant.values())
                  + " in every row (others: "
                  + row.getLong(i + 1)
                  + ")");
        }
      }
    }
  }

  private static String differs(Constant constant) {
    return constant.values().stream()
        .map(value -> SqlIdentifier.quote(constant.column()) + " is distinct from " + value)
        .collect(Collectors.joining(" and "));
  }

  /** What a row has that does not mention the column. */
  private static Optional<String> standard(Column column) {
    return column.generation() != Column.Generation.NONE
        ? Optional.empty()
        : column.defaultExpression() == null ? Optional.of(NULL) : sql(column.defaultExpression());
  }

  private static Optional<String> constant(Value value) {
    if (value instanceof Value.Constant constant) {
      return Optional.of(String.valueOf(constant.constant()));
    }
    return QUOTED.matcher(((Value.Expression) value).text()).matches()
        ? Optional.of(((Value.Expression) value).text())
        : Optional.empty();
  }

  private static Optional<String> sql(String expression) {
    String text = expression.strip();
    return SQL_CONSTANT.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }
}
