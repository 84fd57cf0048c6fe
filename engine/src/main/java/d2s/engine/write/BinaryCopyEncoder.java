package d2s.engine.write;

import d2s.engine.bound.BoundMapping.BoundColumn;
import d2s.engine.expression.ValueKind;
import d2s.engine.function.Elements;
import d2s.engine.function.Json;
import d2s.engine.function.TextFunctions;
import d2s.engine.schema.Column;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.write.CopyChunk.Deferred;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Rows of one target table in PostgreSQL's binary COPY format.
 *
 * <p>A value is checked against its column before it is written, so that a value that does not fit
 * is reported with the mapping file's line, not by the database with the number of a row.
 */
public final class BinaryCopyEncoder {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final String table;
  private final List<Column> columns;
  private byte[] bytes = new byte[64 * 1024];
  private int length;
  private long rows;
  private Mark mark;
  private List<Deferred> deferred = new ArrayList<>();
  private int deferredCharacters;

  public BinaryCopyEncoder(String table, List<Column> columns) {
    this.table = table;
    this.columns = columns;
    clear();
  }

  /** The statement that takes this buffer. */
  String statement() {
    return "copy "
        + SqlIdentifier.quote(table)
        + " ("
        + SqlIdentifier.quoteAll(columns.stream().map(Column::name).toList())
        + ") from stdin (format binary)";
  }

  String table() {
    return table;
  }

  long rows() {
    return rows;
  }

  /** How much memory the content takes, roughly, in bytes. */
  int size() {
    return length + deferredCharacters;
  }

  public void startRow() {
    int16(columns.size());
  }

  public void endRow() {
    rows++;
  }

  /** A place in the buffer, to which it can go back. */
  private record Mark(int length, long rows, int deferred, int deferredCharacters) {}

  /** Remembers what is in the buffer now. */
  void mark() {
    mark = new Mark(length, rows, deferred.size(), deferredCharacters);
  }

  /** Forgets what came after {@link #mark}. */
  void backToMark() {
    length = mark.length();
    rows = mark.rows();
    deferred.subList(mark.deferred(), deferred.size()).clear();
    deferredCharacters = mark.deferredCharacters();
  }

  /** A finished copy of the content; the buffer is empty afterwards. */
  public CopyChunk take() {
    int16(-1);
    CopyChunk chunk =
        new CopyChunk(
            table, statement(), Arrays.copyOf(bytes, length), rows, List.copyOf(deferred));
    clear();
    return chunk;
  }

  private void clear() {
    length = 0;
    rows = 0;
    deferred = new ArrayList<>();
    deferredCharacters = 0;
    append(SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * Leaves a place for what the target is to make of a text. Null stays null.
   *
   * @throws ColumnValueException if the value is no text that the target can be given
   */
  void defer(BoundColumn column, Object value) {
    if (value == null) {
      value(column.column(), null);
    } else if (value instanceof String text) {
      requireStorable(text);
      deferred.add(new Deferred(length, column, text));
      deferredCharacters += text.length();
    } else {
      throw new ColumnValueException("is made of a text, but the value is " + ValueKind.of(value));
    }
  }

  /**
   * Writes the value of one column.
   *
   * @throws ColumnValueException if the value cannot stand in the column
   */
  public void value(Column column, Object value) {
    if (value == null) {
      if (!column.nullable()) {
        throw new ColumnValueException("is NOT NULL, but the value is null");
      }
      int32(-1);
      return;
    }
    switch (column.type().kind()) {
      case INT2 -> {
        int32(2);
        int16((int) integer(column, value, Short.MIN_VALUE, Short.MAX_VALUE));
      }
      case INT4 -> {
        int32(4);
        int32((int) integer(column, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      case INT8 -> {
        int32(8);
        int64(integer(column, value, Long.MIN_VALUE, Long.MAX_VALUE));
      }
      case FLOAT4 -> {
        Number number = number(column, value);
        int32(4);
        int32(Float.floatToIntBits(finite(column, number, number.floatValue())));
      }
      case FLOAT8 -> {
        Number number = number(column, value);
        int32(8);
        int64(Double.doubleToLongBits(finite(column, number, number.doubleValue())));
      }
      case BOOL -> {
        if (!(value instanceof Boolean flag)) {
          throw misfit(column, value);
        }
        int32(1);
        ensure(1);
        bytes[length++] = (byte) (flag ? 1 : 0);
      }
      case TEXT -> text(column, value, 0);
      case VARCHAR, CHAR -> text(column, value, column.type().length());
      case JSON -> text(column, json(column, value), 0);
      case JSONB -> jsonb(json(column, value));
      case BYTEA -> {
        if (!(value instanceof byte[] data)) {
          throw misfit(column, value);
        }
        int32(data.length);
        append(data, 0, data.length);
      }
      case UUID -> {
        UUID id = uuid(column, value);
        int32(16);
        int64(id.getMostSignificantBits());
        int64(id.getLeastSignificantBits());
      }
      case TEXT_ARRAY -> textArray(column, value);
      case INT8_ARRAY -> integerArray(column, value);
      default ->
          throw new ColumnValueException(
              "has the type " + column.type() + ", which no mapping can write to yet");
    }
  }

  private long integer(Column column, Object value, long minimum, long maximum) {
    long result;
    if (value instanceof Long number) {
      result = number;
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      result = ((Number) value).longValue();
    } else if (value instanceof BigInteger number) {
      if (number.bitLength() >= 64) {
        throw outside(column);
      }
      result = number.longValue();
    } else if (value instanceof Number) {
      throw new ColumnValueException(
          "is " + column.type() + ", but the value is a number with a fraction");
    } else {
      throw misfit(column, value);
    }
    if (result < minimum || result > maximum) {
      throw outside(column);
    }
    return result;
  }

  private static ColumnValueException outside(Column column) {
    return new ColumnValueException(
        "is " + column.type() + ", and the number is outside its range");
  }

  private static float finite(Column column, Number number, float value) {
    finite(column, number, (double) value);
    return value;
  }

  /** A number must not become infinite on its way into a column. */
  private static double finite(Column column, Number number, double value) {
    boolean was =
        number instanceof Double wide && wide.isInfinite()
            || number instanceof Float narrow && narrow.isInfinite();
    if (Double.isInfinite(value) && !was) {
      throw outside(column);
    }
    return value;
  }

  private Number number(Column column, Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw misfit(column, value);
  }

  private void text(Column column, Object value, int limit) {
    if (!(value instanceof String text)) {
      throw misfit(column, value);
    }
    if (limit > 0 && text.codePointCount(0, text.length()) > limit) {
      throw new ColumnValueException(
          "holds at most " + limit + " characters, and the text is longer");
    }
    int at = length;
    int32(0);
    int32At(at, utf8(text));
  }

  private static UUID uuid(Column column, Object value) {
    if (value instanceof UUID id) {
      return id;
    }
    if (!(value instanceof String text)) {
      throw misfit(column, value);
    }
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new ColumnValueException("is uuid, but the text is not one");
    }
    return UUID.fromString(text);
  }

  /** Looks at JSON before the database does, which would not know the line of the mapping file. */
  private static String json(Column column, Object value) {
    if (!(value instanceof String text)) {
      throw misfit(column, value);
    }
    try {
      Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ColumnValueException("is " + column.type() + ", but the text is " + e.getMessage());
    }
    return text;
  }

  private void jsonb(String text) {
    int at = length;
    int32(0);
    ensure(1);
    bytes[length++] = 1;
    int32At(at, utf8(text) + 1);
  }

  private void textArray(Column column, Object value) {
    List<?> elements = list(column, value);
    int at = arrayHeader(elements.size(), 25);
    for (Object element : elements) {
      requireElement(element);
      text(column, element, 0);
    }
    int32At(at, length - at - 4);
  }

  private void integerArray(Column column, Object value) {
    List<?> elements = list(column, value);
    int at = arrayHeader(elements.size(), 20);
    for (Object element : elements) {
      requireElement(element);
      int32(8);
      int64(integer(column, element, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    int32At(at, length - at - 4);
  }

  private static List<?> list(Column column, Object value) {
    boolean list = !(value instanceof byte[]) && !(value instanceof Map);
    List<?> elements = list ? Elements.of(value) : null;
    if (elements == null) {
      throw misfit(column, value);
    }
    return elements;
  }

  private static void requireElement(Object element) {
    if (element == null) {
      throw new ColumnValueException("takes no NULL inside a list, but the value has one");
    }
  }

  private int arrayHeader(int size, int elementType) {
    int at = length;
    int32(0);
    int32(size == 0 ? 0 : 1);
    int32(0);
    int32(elementType);
    if (size > 0) {
      int32(size);
      int32(1);
    }
    return at;
  }

  private static ColumnValueException misfit(Column column, Object value) {
    return new ColumnValueException(
        "is " + column.type() + ", but the value is " + ValueKind.of(value));
  }

  /** Writes UTF-8 and returns its length in bytes. */
  private int utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (!isPlain(text, encoded)) {
      requireStorable(text);
    }
    append(encoded, 0, encoded.length);
    return encoded.length;
  }

  private static void requireStorable(String text) {
    if (!TextFunctions.isStorable(text)) {
      throw new ColumnValueException(
          text.indexOf(0) >= 0
              ? "cannot hold the character U+0000, which the text contains"
              : "cannot hold half of a surrogate pair, which the text contains");
    }
  }

  /**
   * Whether a text is ASCII without U+0000, as most are. Found out without looking at each
   * character by itself, which takes longer than all else that is done with a text.
   */
  private static boolean isPlain(String text, byte[] encoded) {
    return encoded.length == text.length()
        && text.indexOf(0) < 0
        // Of half a pair the platform makes a question mark, which is another text.
        && new String(encoded, StandardCharsets.ISO_8859_1).equals(text);
  }

  private void append(byte[] data, int from, int count) {
    ensure(count);
    System.arraycopy(data, from, bytes, length, count);
    length += count;
  }

  private void int16(int value) {
    ensure(2);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  private void int32(int value) {
    ensure(4);
    int32At(length, value);
    length += 4;
  }

  private void int32At(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  private void int64(long value) {
    int32((int) (value >> 32));
    int32((int) value);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
