package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.bound.BoundMapping.BoundColumn;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes themselves, as the chapter "Binary Format" of PostgreSQL's COPY describes them. */
class BinaryCopyBytesTest {

  static final String HEADER = "5047434f50590aff0d0a00" + "00000000" + "00000000";
  private static final String END = "ffff";

  static List<Arguments> everyTypeHasItsBytes() {
    return List.of(
        Arguments.of("int2", -2L, "00000002 fffe"),
        Arguments.of("int2", 32_767L, "00000002 7fff"),
        Arguments.of("int2", Short.MIN_VALUE, "00000002 8000"),
        Arguments.of("int2", (byte) 5, "00000002 0005"),
        Arguments.of("int4", 0x01020304L, "00000004 01020304"),
        Arguments.of("int4", Integer.MIN_VALUE, "00000004 80000000"),
        Arguments.of("int4", 2_147_483_647L, "00000004 7fffffff"),
        Arguments.of("int8", 0x0102030405060708L, "00000008 0102030405060708"),
        Arguments.of("int8", Long.MIN_VALUE, "00000008 8000000000000000"),
        Arguments.of("int8", BigInteger.valueOf(Long.MAX_VALUE), "00000008 7fffffffffffffff"),
        Arguments.of("float4", 1.5, "00000004 3fc00000"),
        Arguments.of("float4", Float.POSITIVE_INFINITY, "00000004 7f800000"),
        Arguments.of("float4", Float.NEGATIVE_INFINITY, "00000004 ff800000"),
        Arguments.of("float8", -2.0, "00000008 c000000000000000"),
        Arguments.of("float8", Double.POSITIVE_INFINITY, "00000008 7ff0000000000000"),
        Arguments.of("float8", Float.POSITIVE_INFINITY, "00000008 7ff0000000000000"),
        Arguments.of("bool", true, "00000001 01"),
        Arguments.of("bool", false, "00000001 00"),
        Arguments.of("text", "é\n", "00000003 c3a90a"),
        Arguments.of("varchar(2)", "ab", "00000002 6162"),
        Arguments.of("varchar", "abc", "00000003 616263"),
        Arguments.of("char(1)", "😀", "00000004 f09f9880"),
        Arguments.of("json", "{}", "00000002 7b7d"),
        Arguments.of("jsonb", "{}", "00000003 01 7b7d"),
        Arguments.of("bytea", new byte[] {0, -1}, "00000002 00ff"),
        Arguments.of(
            "uuid",
            UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"),
            "00000010 000102030405060708090a0b0c0d0e0f"),
        Arguments.of(
            "uuid",
            "0A010203-0405-0607-0809-0a0b0c0d0e0f",
            "00000010 0a0102030405060708090a0b0c0d0e0f"),
        Arguments.of("text[]", List.of(), "0000000c 00000000 00000000 00000019"),
        Arguments.of(
            "text[]",
            List.of("a", ""),
            "0000001d 00000001 00000000 00000019 00000002 00000001 00000001 61 00000000"),
        Arguments.of("int8[]", List.of(), "0000000c 00000000 00000000 00000014"),
        Arguments.of(
            "int8[]",
            new long[] {-1},
            "00000020 00000001 00000000 00000014 00000001 00000001 00000008 ffffffffffffffff"),
        Arguments.of("int4", null, "ffffffff"),
        Arguments.of("text[]", null, "ffffffff"));
  }

  @ParameterizedTest
  @MethodSource
  void everyTypeHasItsBytes(String type, Object value, String bytes) {
    List<Column> columns = List.of(column("c", type));
    BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", columns);
    CopyTarget.add(encoder, columns, value);

    assertThat(hex(encoder.take().bytes()))
        .isEqualTo(HEADER + "0001" + bytes.replace(" ", "") + END);
  }

  static Column column(String name, String type) {
    return Column.of(name, ColumnType.of(type), true);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The buffer begins with 64 KiB. Whatever meets its end makes it grow. */
  @ParameterizedTest
  @MethodSource("everyTypeHasItsBytes")
  void everyTypeMayCrossTheEndOfTheBuffer(String type, Object value, String bytes) {
    Column text = column("a", "text");
    List<Column> columns = List.of(text, column("b", type));
    String expected = bytes.replace(" ", "");
    int width = expected.length() / 2;
    int room = 64 * 1024 - HEADER.length() / 2 - 2 - 4;
    for (int left = 0; left <= width + 3; left++) {
      BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", columns);
      String before = "x".repeat(room - left);
      CopyTarget.add(encoder, columns, before, value);
      CopyTarget.add(encoder, columns, before, value);

      String row = "0002" + hex32(before.length()) + "78".repeat(before.length()) + expected;
      assertThat(hex(encoder.take().bytes()).equals(HEADER + row + row + END))
          .as("%d bytes before the end", left)
          .isTrue();
    }
  }

  private static String hex32(int number) {
    return HexFormat.of().toHexDigits(number);
  }

  @Test
  void theStatementNamesTheColumns() {
    BinaryCopyEncoder encoder =
        new BinaryCopyEncoder("or\"der", List.of(column("a b", "text"), column("from", "int4")));

    CopyChunk chunk = encoder.take();

    assertThat(chunk.table()).isEqualTo(encoder.table()).isEqualTo("or\"der");
    assertThat(chunk.rows()).isZero();
    assertThat(chunk.statement())
        .isEqualTo("copy \"or\"\"der\" (\"a b\", \"from\") from stdin (format binary)");
  }

  @Test
  void aBufferThatWasTakenBeginsAnew() {
    List<Column> columns = List.of(column("a", "bool"));
    BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", columns);
    BoundColumn made = new BoundColumn(columns.get(0), null, "value", null);
    encoder.startRow();
    encoder.defer(made, "text");
    encoder.endRow();
    CopyChunk first = encoder.take();
    CopyTarget.add(encoder, columns, true);
    assertThat(encoder.rows()).isOne();
    assertThat(encoder.size()).isEqualTo(HEADER.length() / 2 + 2 + 5);
    CopyChunk second = encoder.take();

    assertThat(first.rows()).isOne();
    assertThat(first.deferred()).hasSize(1);
    assertThat(second.rows()).isOne();
    assertThat(second.deferred()).isEmpty();
    assertThat(hex(second.bytes())).isEqualTo(HEADER + "0001" + "0000000101" + END);
    assertThat(encoder.rows()).isZero();
    assertThat(hex(encoder.take().bytes())).isEqualTo(HEADER + END);
  }

  /** What goes back to a mark is gone, whatever the target was still to make of it. */
  @Test
  void aMarkCountsAllThatIsInTheBuffer() {
    Column plain = column("a", "text");
    BoundColumn made = new BoundColumn(column("b", "int4"), null, "value", null);
    BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", List.of(plain, made.column()));
    addDeferred(encoder, plain, made, "x", "first");
    int size = encoder.size();
    encoder.mark();
    addDeferred(encoder, plain, made, "lost", "lost");
    assertThat(encoder.size()).isGreaterThan(size);
    encoder.backToMark();

    assertThat(encoder.size()).isEqualTo(size).isEqualTo(HEADER.length() / 2 + 2 + 5 + 5);
    assertThat(encoder.rows()).isOne();
    addDeferred(encoder, plain, made, "", null);
    addDeferred(encoder, plain, made, "z", "last");
    CopyChunk chunk = encoder.take();
    assertThat(chunk.deferred())
        .extracting(CopyChunk.Deferred::text)
        .containsExactly("first", "last");
    assertThat(hex(chunk.with(new byte[][] {{1, 2, 3}, null})))
        .isEqualTo(
            HEADER
                + ("0002 00000001 78 00000003 010203"
                        + "0002 00000000 ffffffff"
                        + "0002 00000001 7a ffffffff")
                    .replace(" ", "")
                + END);
    assertThat(hex(chunk.with(new byte[][] {null, {}})))
        .endsWith(("0002 00000001 7a 00000000").replace(" ", "") + END);
  }

  private static void addDeferred(
      BinaryCopyEncoder encoder, Column plain, BoundColumn made, String text, String given) {
    encoder.startRow();
    encoder.value(plain, text);
    encoder.defer(made, given);
    encoder.endRow();
  }

  @Test
  void whatTheTargetMakesIsOfATextThatItCanHold() {
    BoundColumn made = new BoundColumn(column("b", "int4"), null, "value", null);
    BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", List.of(made.column()));
    List<String> refused = new ArrayList<>();
    for (Object value : new Object[] {"a\0", "\ud800", 5L}) {
      try {
        encoder.defer(made, value);
      } catch (ColumnValueException e) {
        refused.add(e.getMessage());
      }
    }

    assertThat(refused)
        .containsExactly(
            "cannot hold the character U+0000, which the text contains",
            "cannot hold half of a surrogate pair, which the text contains",
            "is made of a text, but the value is a number");
    assertThat(encoder.size()).isEqualTo(HEADER.length() / 2);
  }
}
