package d2s.engine.query;

import d2s.engine.mapping.Side;
import d2s.engine.schema.ColumnType;
import d2s.engine.sql.Savepoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the two databases themselves. Their transactions are left as they are. */
public record LiveDescriber(Connection source, Connection target) implements RelationDescriber {

  /** Asks the source alone, where there is no target and nothing is asked of one. */
  public static RelationDescriber ofSource(Connection source) {
    return (side, sql) -> {
      if (side == Side.TARGET) {
        throw new IllegalStateException("there is no target to describe a query");
      }
      return Savepoints.of(source, () -> describe(source, sql));
    };
  }

  @Override
  public List<SourceColumn> describe(Side side, String sql) throws SQLException {
    Connection connection = side == Side.SOURCE ? source : target;
    return Savepoints.of(connection, () -> describe(connection, sql));
  }

  private static List<SourceColumn> describe(Connection connection, String sql)
      throws SQLException {
    List<SourceColumn> result = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData shape = statement.getMetaData();
      for (int i = 1; shape != null && i <= shape.getColumnCount(); i++) {
        result.add(new SourceColumn(shape.getColumnLabel(i), type(shape.getColumnTypeName(i))));
      }
    }
    return result;
  }

  /** The driver's names for types that are not those of PostgreSQL. */
  private static ColumnType type(String name) {
    return switch (name) {
      case "bigserial" -> ColumnType.of("int8");
      case "serial" -> ColumnType.of("int4");
      case "smallserial" -> ColumnType.of("int2");
      default -> ColumnType.of(name.startsWith("_") ? name.substring(1) + "[]" : name);
    };
  }
}
