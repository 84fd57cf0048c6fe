package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL says when it refuses something, without the values that it says it of. */
class SqlErrorsTest {

  private static TestDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.createDatabase("refusals");
    database.execute(
        "create table t (id int primary key, secret text not null check (secret <> 'hunter5'),"
            + " short varchar(3), j jsonb, parent int references t)",
        "insert into t values (1, 'hunter2')");
  }

  /** The driver's words of a batch are the statement with its values. */
  @Test
  void aBatchIsNotQuoted() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement batch = connection.prepareStatement("insert into t values (?, ?)")) {
      for (String secret : List.of("hunter6", "hunter5")) {
        batch.setInt(1, secret.hashCode());
        batch.setString(2, secret);
        batch.addBatch();
      }
      SQLException failure = catchThrowableOfType(SQLException.class, batch::executeBatch);

      assertThat(failure.getMessage()).contains("hunter5");
      assertThat(SqlErrors.reason(failure))
          .startsWith("new row for relation \"t\" violates check constraint")
          .doesNotContain("hunter");
      assertThat(SqlErrors.isOutcomeUnknown(failure)).isFalse();
    }
  }

  /** What the server refuses for another reason must not send anybody to look for bad rows. */
  @ParameterizedTest
  @CsvSource({
    "23505, true",
    "23503, true",
    "22001, true",
    "42501, false",
    "57014, false",
    "53100, false",
    "55P03, false",
    "58030, false"
  })
  void onlyRowsThatAreWrongAreAtFault(String state, boolean rows) {
    assertThat(SqlErrors.isAboutRows(new SQLException("refused", state))).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "insert into t values (1, 'hunter3') => duplicate key value violates unique constraint"
            + " \"t_pkey\"",
        "insert into t values (2, null, 'hun') => null value in column \"secret\" of relation \"t\""
            + " violates not-null constraint",
        "insert into t values (2, 'hunter5') => new row for relation \"t\" violates check"
            + " constraint \"t_secret_check\"",
        "insert into t values (2, 'x', null, null, 9) => insert or update on table \"t\" violates"
            + " foreign key constraint \"t_parent_fkey\"",
        "insert into t values (2, 'x', 'hunter4') => value too long for type character varying(3)",
        "insert into t select secret::int from t => invalid input syntax for type integer: \"...\"",
        "insert into t select 2, 'x', 'x', secret::jsonb from t => invalid input syntax for type"
            + " json",
        "select (secret || '\" \" x')::timestamp from t => invalid input syntax for type"
            + " timestamp: \"...\"",
        "select * from nothing => relation \"nothing\" does not exist",
      })
  void namesNoValue(String sql, String reason) {
    SQLException refused = catchThrowableOfType(SQLException.class, () -> database.execute(sql));

    assertThat(SqlErrors.reason(refused)).isEqualTo(reason);
    StringWriter printed = new StringWriter();
    SqlErrors.withoutValues(refused).printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).contains(reason).doesNotContain("hunter");
    assertThat(SqlErrors.isLost(refused)).isFalse();
  }

  @Test
  void aConnectionThatAPoolHasGivenUpIsLost() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Connection connection = pool.getConnection();
      pool.evictConnection(connection);
      connection.close();

      SQLException closed =
          catchThrowableOfType(SQLException.class, () -> connection.createStatement());

      assertThat(SqlErrors.isLost(closed)).isTrue();
      assertThat(SqlErrors.advice(closed, "target"))
          .isEqualTo(". The connection to the target is lost: does its server still run?");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true",
    "57014, true",
    "57P01, true",
    "53100, true",
    "53200, true",
    "58030, true",
    "40P01, true",
    "55P03, true",
    "25P03, true",
    "25P04, true",
    "25P02, false",
    "42P01, false",
    "42501, false",
    "22P02, false",
    "23505, false",
    ", false"
  })
  void whatTheServerIsKeptFromSaysNothingAboutTheStatement(String state, boolean isOfServer) {
    assertThat(SqlErrors.isOfServer(new SQLException("no", state))).isEqualTo(isOfServer);
  }

  @Test
  void theMemoryOfThisProcessIsNotThatOfTheServer() {
    SQLException own =
        new PSQLException(
            "Ran out of memory retrieving query results.",
            PSQLState.OUT_OF_MEMORY,
            new OutOfMemoryError("Java heap space"));

    assertThat(SqlErrors.advice(own, "database")).isEmpty();
    assertThat(SqlErrors.withoutValues(own).getCause()).isInstanceOf(OutOfMemoryError.class);
    SQLException ofServer = new SQLException("out of memory", "53200");
    assertThat(SqlErrors.advice(ofServer, "source")).contains("The server of the source ran out");
    assertThat(SqlErrors.withoutValues(ofServer).getCause()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raise exception '%', new.secret",
        "raise exception 'row %', new using detail = new.secret, hint = new.secret",
        "raise exception '%', new.secret using errcode = 'unique_violation'",
        "raise exception '%', new.secret using errcode = 'XX000', table = new.secret",
        "raise sqlstate '22000' using message = new.secret",
        "execute 'select * from ' || quote_ident(new.secret)",
        "execute new.secret",
        "assert false, new.secret",
        "perform new.secret::int",
        "perform array[new.secret]::int[]",
      })
  void theWordsOfAFunctionAreNotRepeated(String statement) throws SQLException {
    database.execute(
        "create or replace function watch() returns trigger language plpgsql as $$begin "
            + statement
            + "; return new; end$$",
        "create or replace trigger watch before insert on t for each row execute function watch()");
    SQLException refused =
        catchThrowableOfType(
            SQLException.class, () -> database.execute("insert into t values (5, 'hunter6')"));
    database.execute("drop trigger watch on t");

    assertThat(refused.toString()).contains("hunter6");
    assertThat(SqlErrors.reason(refused))
        .matches(
            "a function or trigger of the database raises an error: watch \\(SQL state \\w{5}\\); what"
                + " it says is in the log of its server");
    assertThat(SqlErrors.reasonAndHint(refused)).doesNotContain("hunter");
    StringWriter printed = new StringWriter();
    SqlErrors.withoutValues(refused).printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain("hunter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ung\u00fcltige Eingabesyntax f\u00fcr Typ integer: \u00bbhunter7\u00ab",
        "syntaxe en entr\u00e9e invalide pour le type integer : \u00ab hunter7 \u00bb",
        "sintassi di input non valida per tipo integer: \"hunter7\"",
      })
  void noValueIsNamedInAnyLanguage(String message) {
    PSQLException refused =
        new PSQLException(new ServerErrorMessage("SERROR\0C22P02\0M" + message + "\0"));

    assertThat(SqlErrors.reason(refused)).doesNotContain("hunter").contains("integer");
  }

  @Test
  void aLostConnectionIsKnown() {
    SQLException killed =
        catchThrowableOfType(
            SQLException.class,
            () -> database.execute("select pg_terminate_backend(pg_backend_pid())"));
    assertThat(SqlErrors.isLost(killed)).isTrue();
    assertThat(SqlErrors.reason(new SQLException((String) null))).isEqualTo("no reason given");
  }
}
