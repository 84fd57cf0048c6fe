package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.prepare.VerifyPreflight;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every foreign key of the target, asked row by row: a key that is NOT VALID says nothing of rows
 * that were there before it, and a load may switch the server's own check off.
 */
final class References implements Verification {

  private static final int FETCH_SIZE = 2_000;

  private final VerifyPreflight prepared;

  References(VerifyPreflight prepared) {
    this.prepared = prepared;
  }

  @Override
  public String name() {
    return "references";
  }

  @Override
  public String proves() {
    return "Every row that another one refers to by a foreign key is there.";
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    for (Table table : prepared.target(context.target()).tables()) {
      for (ForeignKey key : table.foreignKeys()) {
        verify(table.name(), key, context.target(), findings);
      }
    }
  }

  private static void verify(String table, ForeignKey key, Connection target, Findings findings)
      throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery(counted(table, key))) {
        rows.next();
        findings.looked(rows.getLong(1));
      }
      try (ResultSet rows = statement.executeQuery(dangling(table, key))) {
        while (rows.next()) {
          findings.found(
              rows.getString(1),
              "is in " + table + " but not in " + key.targetTable() + " (" + key.name() + ")");
        }
      }
    }
  }

  private static String counted(String table, ForeignKey key) {
    return "select count(*) from " + SqlIdentifier.quote(table) + " r where " + given(key);
  }

  /** The values of the columns that refer: by their nature they are ids. */
  private static String dangling(String table, ForeignKey key) {
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      equal.add(
          "p."
              + SqlIdentifier.quote(key.targetColumns().get(i))
              + " = r."
              + SqlIdentifier.quote(key.columns().get(i)));
    }
    return "select concat_ws(' ', "
        + key.columns().stream()
            .map(column -> "r." + SqlIdentifier.quote(column))
            .collect(Collectors.joining(", "))
        + ") from "
        + SqlIdentifier.quote(table)
        + " r where "
        + given(key)
        + " and not exists (select 1 from "
        + SqlIdentifier.quote(key.targetTable())
        + " p where "
        + String.join(" and ", equal)
        + ")";
  }

  /** A row refers to another one only if none of the columns is NULL. */
  private static String given(ForeignKey key) {
    return key.columns().stream()
        .map(column -> "r." + SqlIdentifier.quote(column) + " is not null")
        .collect(Collectors.joining(" and "));
  }
}
