package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each table of Dendrite lacks a row in 24, or has one twice, or has none at all: as after a
 * restore that was cut off, or with an index that let everything pass. The migration goes on, and
 * the verification tells what the migration left out from a fault.
 */
class RowSweepTest {

  /**
   * Does to a row in 24 of each table what %2$s says. A table with one row is left as it is. %1$d
   * says with which row to begin.
   */
  private static final String ROWS =
      """
      do $$
      declare
        t record; places tid[]; number int := %1$d; at int;
      begin
        for t in select oid, relname from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'db_migrations'
                 order by relname loop
          number := number + 1;
          execute format('select array_agg(ctid order by ctid) from %%I', t.relname) into places;
          continue when places is null or cardinality(places) = 1;
          at := number %% least(cardinality(places), 24) + 1;
          while at <= cardinality(places) loop
            execute format('%2$s', t.relname, places[at]);
            at := at + 24;
          end loop;
        end loop;
      end $$
      """;

  /** Empties a table in 24; %d says with which to begin. */
  private static final String TABLES =
      """
      do $$
      declare
        t record; number int := %d;
      begin
        for t in select relname from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'db_migrations'
                 order by relname loop
          number := number + 1;
          continue when number %% 24 <> 0;
          execute format('delete from %%I', t.relname);
        end loop;
      end $$
      """;

  static Stream<Arguments> whatIsMissingIsNamedAndTheRestIsRight() {
    return Sweep.FIRST.stream()
        .flatMap(
            first ->
                Stream.of(
                    arguments(
                        "rows that are missing",
                        first,
                        ROWS.formatted(first, "delete from %I where ctid = %L::tid")),
                    arguments(
                        "rows that are there twice",
                        first,
                        ROWS.formatted(
                            first, "insert into %1$I select * from %1$I where ctid = %2$L::tid")),
                    arguments("tables without rows", first, TABLES.formatted(first))));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsMissingIsNamedAndTheRestIsRight(String name, int first, String damage)
      throws SQLException {
    try (MigratedRecording migrated =
        MigratedRecording.of(
            Sweep.RECORDING, Sweep.GIVEN, Set.of("missed-events"), KeylessDendrite.SQL, damage)) {
      assertThat(migrated.result().findings()).isEmpty();
      assertThat(migrated.result().committed()).isTrue();
      assertThat(migrated.faults()).as("%s from %d", name, first).isEmpty();
    }
  }

  /** One that was set up and never used, one without rooms, one that has rooms and no account. */
  @ParameterizedTest
  @ValueSource(strings = {"", "roomserver|syncapi", "userapi|keyserver"})
  void aServerWithoutPartOfItsTablesIsRight(String components) throws SQLException {
    String empty =
        """
        do $$
        declare
          t record;
        begin
          for t in select relname from pg_class
                   where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'db_migrations'
                     and relname ~ '^(%s)' loop
            execute format('delete from %%I', t.relname);
          end loop;
        end $$
        """
            .formatted(components);
    try (MigratedRecording migrated =
        MigratedRecording.of(Sweep.RECORDING, Sweep.GIVEN, KeylessDendrite.SQL, empty)) {
      assertThat(migrated.result().findings()).isEmpty();
      assertThat(migrated.result().committed()).isTrue();
      assertThat(migrated.faults()).isEmpty();
    }
  }
}
