package d2s.engine.check;

import d2s.engine.schema.ColumnType;
import d2s.engine.spec.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the two databases themselves. The connections must be in auto-commit mode. */
public record LiveDescriber(Connection source, Connection target) implements RelationDescriber {

  @Override
  public List<SourceColumn> describe(Side side, String sql) throws SQLException {
    Connection connection = side == Side.SOURCE ? source : target;
    List<SourceColumn> result = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData shape = statement.getMetaData();
      for (int i = 1; i <= shape.getColumnCount(); i++) {
        String type = shape.getColumnTypeName(i);
        if (type.startsWith("_")) {
          type = type.substring(1) + "[]";
        }
        result.add(new SourceColumn(shape.getColumnLabel(i), ColumnType.of(type)));
      }
    }
    return result;
  }
}
