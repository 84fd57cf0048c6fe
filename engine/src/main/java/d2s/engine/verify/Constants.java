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

  /** The values that a column may have, as SQL; empty if they are not known. */
  private record Constant(String column, Set<String> values) {}

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
    Map<String, List<Map<String, Optional<String>>>> fills = fills();
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

  /** Of each table what each block or derivation writes to it: columns with a value, if known. */
  private Map<String, List<Map<String, Optional<String>>>> fills() {
    Map<String, List<Map<String, Optional<String>>>> fills = new TreeMap<>();
    for (Mapping mapping : prepared.mappings()) {
      for (Block block : mapping.to()) {
        Map<String, Optional<String>> columns = new TreeMap<>();
        block
            .columns()
            .forEach(
                column ->
                    columns.put(
                        column.name().value(),
                        column.sql() == null ? constant(column.value()) : Optional.empty()));
        fills.computeIfAbsent(block.table().value(), table -> new ArrayList<>()).add(columns);
      }
      for (Derivation derivation : mapping.derive()) {
        Map<String, Optional<String>> columns = new TreeMap<>();
        derivation
            .columns()
            .forEach(column -> columns.put(column.name().value(), sql(column.sql().value())));
        fills.computeIfAbsent(derivation.table().value(), table -> new ArrayList<>()).add(columns);
      }
    }
    return fills;
  }

  private static List<Constant> constants(Table table, List<Map<String, Optional<String>>> fills) {
    List<Constant> constants = new ArrayList<>();
    for (Column column : table.columns()) {
      if (INCOMPARABLE.contains(column.type().kind())) {
        continue;
      }
      List<Optional<String>> values =
          fills.stream().map(fill -> fill.getOrDefault(column.name(), standard(column))).toList();
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
