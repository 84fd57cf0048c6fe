package d2s.matrix.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a Dendrite's PostgreSQL database as the SQLite files that Dendrite itself would have, for
 * the demonstration and the tests: a file for each component, arrays as JSON, some texts as blobs,
 * a counter of its own for each stream. Events keep their numbers, so that both can be compared.
 */
public final class SqliteCopy {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> FILES =
      Map.of(
          "room_server", "roomserver.db",
          "sync_api", "syncapi.db",
          "user_api", "userapi_accounts.db",
          "key_server", "keyserver.db",
          "federation_api", "federationapi.db",
          "media_api", "mediaapi.db",
          "mscs", "mscs.db",
          "relay_api", "relayapi.db");

  /** What Dendrite binds as bytes, and SQLite therefore keeps as a blob. */
  private static final Set<String> BLOBS =
      Set.of(
          "roomserver_event_json.event_json",
          "roomserver_invites.invite_event_json",
          "roomserver_state_block.event_nids",
          "syncapi_output_room_events.headered_event_json",
          "syncapi_current_room_state.headered_event_json",
          "syncapi_invite_events.headered_event_json",
          "syncapi_filter.filter",
          "syncapi_ignores.ignores_json",
          "userapi_account_datas.content");

  /** Tables whose numbers come from a counter of their own, which PostgreSQL does not have. */
  private static final Set<String> RENUMBERED =
      Set.of("syncapi_invite_events", "syncapi_account_data_type");

  /** Tables whose numbers are counted by SQLite itself, and the sequence that PostgreSQL has. */
  private static final Map<String, String> AUTOINCREMENT =
      Map.of(
          "syncapi_send_to_device", "syncapi_send_to_device_id",
          "keyserver_key_changes", "keyserver_key_changes_seq");

  /** How many rows are in memory at a time; rows of events are large. */
  private static final int BATCH = 2000;

  /** The only step of Dendrite's own migration that it takes on PostgreSQL alone. */
  private static final String OTHER_STEPS =
      " where version not in ('roomserver: published appservice pkey', 'syncapi: rename dupe index"
          + " (output_room_events)')";

  private SqliteCopy() {}

  /** The name that Dendrite gives the file of a component if nobody gives another. */
  public static String fileName(String component) {
    return FILES.get(component);
  }

  /**
   * Writes the files.
   *
   * @param dendrite the whole database, which is only read; its transaction ends
   * @param directory an empty directory
   */
  public static void write(Connection dendrite, Catalog catalog, Layouts layouts, Path directory)
      throws SQLException, IOException {
    // Rows come in pieces only within a transaction.
    dendrite.setAutoCommit(false);
    try {
      writeAll(dendrite, catalog, layouts, directory);
    } finally {
      dendrite.rollback();
      dendrite.setAutoCommit(true);
    }
  }

  private static void writeAll(
      Connection dendrite, Catalog catalog, Layouts layouts, Path directory)
      throws SQLException, IOException {
    for (Component component : layouts.components()) {
      Path file = directory.resolve(fileName(component.name().value()));
      Files.createFile(file);
      try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        sqlite.setAutoCommit(false);
        boolean any = false;
        for (Table table : catalog.tables()) {
          if (component.owns(table.name())) {
            copy(dendrite, table, "", sqlite);
            any = true;
          }
        }
        if (any && component.needed() && !component.name().value().equals("media_api")) {
          copy(dendrite, catalog.table("db_migrations").orElseThrow(), steps(component), sqlite);
        }
        if (component.name().value().equals("sync_api")) {
          writeStreams(dendrite, sqlite);
        }
        sqlite.commit();
      }
    }
  }

  private static String steps(Component component) {
    return OTHER_STEPS
        + component.tables().stream()
            .map(pattern -> pattern.value().replace("_*", ""))
            .map(prefix -> "version like '" + prefix + "%'")
            .collect(Collectors.joining(" or ", " and (", " or version like '')"))
            .replace("federationsender%", "federation%");
  }

  private static void copy(Connection from, Table table, String where, Connection to)
      throws SQLException {
    String name = SqlIdentifier.quote(table.name());
    List<String> definitions = new ArrayList<>();
    for (Column column : table.columns()) {
      definitions.add(
          SqlIdentifier.quote(column.name())
              + " "
              + declared(column)
              + (column.nullable() ? "" : " not null"));
    }
    boolean counted = AUTOINCREMENT.containsKey(table.name());
    if (table.primaryKey() != null) {
      definitions.add(
          "primary key ("
              + SqlIdentifier.quoteAll(table.primaryKey().columns())
              + (counted ? " autoincrement)" : ")"));
    }
    boolean renumbered = RENUMBERED.contains(table.name());
    try (Statement create = to.createStatement()) {
      create.execute("create table " + name + " (" + String.join(", ", definitions) + ")");
    }
    try (Statement read = from.createStatement();
        PreparedStatement insert =
            to.prepareStatement(
                "insert into "
                    + name
                    + table.columns().stream()
                        .map(column -> "?")
                        .collect(Collectors.joining(", ", " values (", ")")))) {
      read.setFetchSize(BATCH);
      try (ResultSet rows =
          read.executeQuery("select * from " + name + where + (renumbered ? " order by id" : ""))) {
        for (long number = 1; rows.next(); number++) {
          for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            Object value = value(table, column, rows);
            insert.setObject(i + 1, renumbered && column.name().equals("id") ? number : value);
          }
          insert.addBatch();
          if (number % BATCH == 0) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
      }
    }
    if (counted) {
      writeCounter(from, table.name(), to);
    }
  }

  /** SQLite keeps the last number that it gave out, also when its row is gone. */
  private static void writeCounter(Connection from, String table, Connection to)
      throws SQLException {
    try (Statement ask = from.createStatement();
        ResultSet last = ask.executeQuery("select last_value from " + AUTOINCREMENT.get(table));
        Statement delete = to.createStatement();
        PreparedStatement insert =
            to.prepareStatement("insert into sqlite_sequence (name, seq) values (?, ?)")) {
      last.next();
      delete.execute("delete from sqlite_sequence where name = '" + table + "'");
      insert.setString(1, table);
      insert.setLong(2, last.getLong(1));
      insert.execute();
    }
  }

  private static String declared(Column column) {
    return switch (column.type().kind()) {
      case INT2, INT4, INT8 -> "integer";
      case BOOL -> "boolean";
      case BYTEA -> "blob";
      case TIMESTAMP -> "timestamp";
      default -> "text";
    };
  }

  private static Object value(Table table, Column column, ResultSet rows) throws SQLException {
    Object value =
        switch (column.type().kind()) {
          case INT8_ARRAY, TEXT_ARRAY -> json(rows.getArray(column.name()));
          case BOOL -> {
            boolean flag = rows.getBoolean(column.name());
            yield rows.wasNull() ? null : flag ? 1 : 0;
          }
          case BYTEA -> rows.getBytes(column.name());
          case TIMESTAMP -> rows.getString(column.name());
          default -> rows.getObject(column.name());
        };
    if (table.name().equals("userapi_accounts")
        && column.name().equals("password_hash")
        && value == null) {
      return "";
    }
    return value instanceof String text && BLOBS.contains(table.name() + "." + column.name())
        ? text.getBytes(StandardCharsets.UTF_8)
        : value;
  }

  private static String json(Array array) throws SQLException {
    try {
      return array == null ? "" : JSON.writeValueAsString(array.getArray());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts can always be written", e);
    }
  }

  private static void writeStreams(Connection from, Connection to) throws SQLException {
    try (Statement create = to.createStatement()) {
      create.execute(
          "create table syncapi_stream_id (stream_name text not null primary key, stream_id int)");
    }
    try (Statement ask = from.createStatement();
        PreparedStatement insert =
            to.prepareStatement("insert into syncapi_stream_id values (?, ?)")) {
      for (String[] stream :
          new String[][] {
            {"global", "select coalesce(max(id), 0) from syncapi_output_room_events"},
            {"receipt", "select last_value from syncapi_receipt_id"},
            {"accountdata", "select count(*) from syncapi_account_data_type"},
            {"invite", "select count(*) from syncapi_invite_events"},
            {"presence", "select last_value from syncapi_presence_id"},
            {"notification", "select last_value from syncapi_notification_data_id_seq"},
            {"relation", "select last_value from syncapi_relation_id"},
          }) {
        try (ResultSet row = ask.executeQuery(stream[1])) {
          row.next();
          insert.setString(1, stream[0]);
          insert.setLong(2, row.getLong(1));
          insert.execute();
        }
      }
    }
  }
}
