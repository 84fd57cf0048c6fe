package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of both servers in one database, as far as a test has made them. */
final class TwoServers implements VerificationContext, AutoCloseable {

  private final TestDatabase database;
  private final Connection connection;

  /**
   * With the tables of Synapse that every verification of events reads, and those that are given.
   */
  TwoServers(String... tables) throws SQLException {
    database = TestPostgres.createDatabase("events");
    database.execute(
        "create table rooms (room_id text, room_version text)",
        """
        create table events (event_id text, room_id text, type text, state_key text, sender text,
          rejection_reason text, outlier boolean, depth bigint, topological_ordering bigint,
          stream_ordering bigint, origin_server_ts bigint, contains_url boolean)
        """,
        """
        create table event_json (event_id text, json text, room_id text, format_version integer,
          internal_metadata text)
        """);
    database.execute(tables);
    connection = database.connect();
  }

  void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  /** What a verification finds, and with {@code note:} before it what it notes. */
  List<String> said(JointVerification verification) throws SQLException {
    List<String> said = new ArrayList<>();
    Findings findings =
        new Findings() {
          @Override
          public void looked(long things) {}

          @Override
          public void found(String what, String wrong) {
            said.add(what + " " + wrong);
          }

          @Override
          public void noted(String what, String why) {
            said.add("note: " + what + " " + why);
          }
        };
    verification.verify(this, Map.<Verification, Findings>of(verification, findings));
    return said;
  }

  @Override
  public Connection source() {
    return connection;
  }

  @Override
  public Connection target() {
    return connection;
  }

  @Override
  public Object fact(String name) {
    return "our.example";
  }

  @Override
  public Optional<Path> folder(String name) {
    return Optional.empty();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    database.drop();
  }
}
