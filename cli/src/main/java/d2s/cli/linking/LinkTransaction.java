package d2s.cli.linking;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import d2s.engine.sql.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/** The statements that change links, in the transaction of a connection. */
final class LinkTransaction {

  private final Connection connection;

  LinkTransaction(Connection connection) {
    this.connection = connection;
  }

  boolean isSynapse() throws SQLException {
    return number("select count(to_regclass('user_external_ids')) * count(to_regclass('users'))")
        > 0;
  }

  /** Nobody else can change links until the transaction ends; everybody can read them. */
  void lock() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '10s'");
      statement.execute("lock table user_external_ids in share row exclusive mode");
    }
  }

  /** How many other programs are connected to this database. */
  long others() throws SQLException {
    return number(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null
          and coalesce(backend_type, 'client backend') = 'client backend'
        """);
  }

  void change(LinkPlan plan) throws SQLException {
    each(
        "delete from user_external_ids where user_id = ? and auth_provider = ? and external_id = ?",
        plan.removals());
    each(
        "insert into user_external_ids (user_id, auth_provider, external_id) values (?, ?, ?)",
        plan.additions());
  }

  /**
   * Makes the changes last.
   *
   * @throws CommandFailedException if nobody knows whether it has
   */
  void commit() throws SQLException, CommandFailedException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlErrors.isOutcomeUnknown(e)) {
        throw new CommandFailedException(
            ExitCode.FAILED,
            List.of(
                "the connection to the Synapse database was lost during the commit. Either all"
                    + " links were made and removed or none. Run the same command again as soon as"
                    + " the server answers: it counts links that are there already as same"),
            SqlErrors.withoutValues(e));
      }
      throw e;
    }
  }

  private void each(String sql, Collection<Link> links) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Link link : links) {
        statement.setString(1, link.user());
        statement.setString(2, link.provider());
        statement.setString(3, link.sub());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
