package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each column of each table of Dendrite holds in one row, or a few, what nobody would put there.
 * What the cases of {@code damage.yaml} do on purpose, this does to every column alike: the
 * migration goes on, and the verification tells what the migration left out from a fault.
 */
class ColumnSweepTest {

  /**
   * Takes for each column another row, as far as there are as many. The first %d says with which to
   * begin. %s is the expression that stands in the place of a value; NULL for a column that is left
   * alone. Names of servers stay, since a server has only one.
   */
  private static final String SWEEP =
      """
      do $$
      declare
        t record; c record; places tid[]; number int := 0; at int; odd text;
      begin
        for t in select oid, relname from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'db_migrations'
                 order by relname loop
          execute format('select array_agg(ctid order by ctid) from %%I', t.relname) into places;
          continue when places is null;
          at := %d;
          for c in select attname, format_type(atttypid, atttypmod) as type, attnotnull
                   from pg_attribute where attrelid = t.oid and attnum > 0 and not attisdropped
                     and attname <> 'server_name' order by attnum loop
            at := at + 1 + cardinality(places) / 24;
            number := number + 1;
            odd := %s;
            continue when odd is null;
            execute format('update %%I set %%I = %%s where ctid = %%L::tid', t.relname, c.attname, odd,
                           places[1 + at %% cardinality(places)]);
          end loop;
        end loop;
      end $$
      """;

  static Stream<Arguments> whatIsOddIsNamedAndTheRestIsRight() {
    return Sweep.FIRST.stream().flatMap(ColumnSweepTest::from);
  }

  private static Stream<Arguments> from(int first) {
    return Stream.of(
        arguments(
            "a long text",
            first,
            """
            case when c.type = 'text' then format(
              '(select string_agg(md5(%L || i), '''') from generate_series(1, 120) i)', number) end
            """),
        arguments(
            "an odd text",
            first + 1,
            "case when c.type = 'text' then quote_literal('odd' || number) end"),
        arguments(
            "a large number",
            first + 2,
            """
            case c.type when 'bigint' then (9223372036854775807 - number)::text
                        when 'integer' then (2147483647 - number)::text end
            """),
        arguments(
            "a small number",
            first + 3,
            """
            case c.type when 'bigint' then (-9223372036854775808 + number)::text
                        when 'integer' then (-2147483648 + number)::text end
            """),
        arguments("nothing", first + 4, "case when not c.attnotnull then 'null' end"),
        arguments(
            "an empty text, and the other flag",
            first + 5,
            """
            case c.type when 'text' then ''''''
                        when 'boolean' then format('coalesce(not %I, true)', c.attname) end
            """),
        arguments(
            "JSON of another kind",
            first + 6,
            """
            case when c.type = 'text' then format(
              'case left(%1$I, 1) when ''{'' then ''[]'' when ''['' then ''{}'' else %1$I end', c.attname) end
            """),
        arguments(
            "JSON without anything in it",
            first + 7,
            """
            case when c.type = 'text' then format(
              'case left(%1$I, 1) when ''{'' then ''{}'' when ''['' then ''[]'' else %1$I end', c.attname) end
            """),
        arguments(
            "JSON that is too deep",
            first + 8,
            """
            case when c.type = 'text' then format(
              'case when left(%1$I, 1) in (''{'', ''['')
                    then repeat(''['', 3000) || repeat('']'', 3000) else %1$I end', c.attname) end
            """),
        arguments(
            "the value of another row",
            first + 9,
            """
            format('coalesce((select o.%1$I from %2$I o where o.ctid = %3$L::tid), %1$I)',
                   c.attname, t.relname, places[1 + at % cardinality(places) / 2])
            """),
        arguments(
            "a number that counts nothing",
            first + 10,
            "case when c.type in ('bigint', 'integer', 'smallint') then (number % 2 - 1)::text end"),
        arguments(
            "a text that a terminal would take for a command",
            first + 11,
            "case when c.type = 'text' then format('%I || E''\\x1b[2J\\n\\u202e''', c.attname) end"),
        arguments(
            "an array of nothing, or in an array",
            first + 12,
            """
            case c.type when 'bigint[]' then quote_literal(
                          (array['{}', '{NULL}', '{{1},{2}}', '[0:1]={1,2}'])[1 + number % 4])
                        when 'text[]' then quote_literal((array['{}', '{NULL}', '{{a},{b}}'])[1 + number % 3]) end
            """));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsOddIsNamedAndTheRestIsRight(String name, int first, String odd) throws SQLException {
    try (MigratedRecording migrated =
        MigratedRecording.of(
            Sweep.RECORDING, Sweep.GIVEN, KeylessDendrite.SQL, SWEEP.formatted(first, odd))) {
      assertThat(migrated.result().findings()).isEmpty();
      assertThat(migrated.result().committed()).isTrue();
      assertThat(migrated.faults())
          .as("%s from %d; left out: %s", name, first, migrated.skipped("events"))
          .isEmpty();
    }
  }
}
