package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.function.TextFunctions;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is sent is read back, in any mixture and of any length. */
class CopyPropertyTest {

  private static Connection connection;
  private static CopyTarget textTarget;

  @BeforeContainer
  static void connect() throws SQLException {
    connection = TestPostgres.createDatabase("copy_properties").connect();
  }

  @AfterContainer
  static void disconnect() throws SQLException {
    connection.close();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void rowsAreReadBack(@ForAll("rows") List<Object[]> rows) throws SQLException {
    CopyTarget target =
        new CopyTarget(
            connection,
            "int2",
            "int4",
            "int8",
            "float8",
            "bool",
            "text",
            "bytea",
            "text[]",
            "int8[]");
    List<Object[]> read = target.roundTrip(rows);

    assertThat(read).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(read.get(i)).as("row %d", i).isEqualTo(rows.get(i));
    }
  }

  @Provide
  Arbitrary<List<Object[]>> rows() {
    Arbitrary<String> texts = storable();
    List<Arbitrary<?>> columns =
        List.of(
            Arbitraries.shorts().map(Short::longValue),
            Arbitraries.integers().map(Integer::longValue),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false),
            texts,
            Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
            texts.array(String[].class).ofMaxSize(5),
            Arbitraries.longs().array(long[].class).ofMaxSize(5));
    List<Arbitrary<Object>> nullable = new ArrayList<>();
    columns.forEach(column -> nullable.add(column.asGeneric().injectNull(0.1)));
    return Combinators.combine(nullable).as(List::toArray).list().ofMaxSize(30);
  }

  private static Arbitrary<String> storable() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(30)
        .map(text -> text.replace("\0", "\ud83d\ude00"))
        .map(
            text ->
                TextFunctions.isStorable(text)
                    ? text
                    : text.replaceAll("[\\ud800-\\udfff]", "\u20ac"));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.FIRST)
  void aTextIsTakenExactlyIfPostgresqlCanHoldIt(@ForAll String text) throws SQLException {
    CopyTarget target = textTarget();
    BinaryCopyEncoder buffer = target.buffer();
    if (TextFunctions.isStorable(text)) {
      target.add(buffer, text);
      assertThat(buffer.rows()).isOne();
    } else {
      assertThatThrownBy(() -> target.add(buffer, text))
          .isInstanceOf(ColumnValueException.class)
          .hasMessageStartingWith("cannot hold");
    }
  }

  /** One table for all tries: nothing is sent to it. */
  private static synchronized CopyTarget textTarget() throws SQLException {
    if (textTarget == null) {
      textTarget = new CopyTarget(connection, "text");
    }
    return textTarget;
  }
}
