package d2s.engine.staging;

import d2s.engine.function.Json;
import d2s.engine.schema.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Makes a value of an SQLite file into one that a column of PostgreSQL can take. SQLite does not
 * hold a column to its type: a text may be a blob, a number a text.
 *
 * <ul>
 *   <li>Texts and blobs become {@code text} and {@code bytea} by their bytes; a text has to be
 *       UTF-8 without U+0000.
 *   <li>Numbers become whole numbers if they are whole, also if they are written as a text.
 *   <li>0 and 1 become booleans, and so do the texts that Go's strconv.ParseBool takes.
 *   <li>A JSON array becomes {@code bigint[]} or {@code text[]}. JSON's null, and an empty text,
 *       become NULL, or an empty array where there must be one.
 * </ul>
 */
final class SqliteValue {

  /** The moment from which PostgreSQL counts. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX]['Z']")
          .toFormatter();

  private static final String TOO_LARGE = "holds a number that is too large";

  /** In characters; whoever writes more does not mean a number. */
  private static final int LONGEST_NUMBER = 1000;

  /** Of the greatest number that a column can hold, 2^63. */
  private static final int MOST_DIGITS = 19;

  /** A real number with more bits may stand for its neighbours too. */
  private static final int EXACT_BITS = 53;

  private static final byte[] EMPTY_ARRAY = "[]".getBytes(StandardCharsets.UTF_8);

  private SqliteValue() {}

  /** A value that a column cannot take. The message does not quote it. */
  static final class MisfitException extends Exception {
    private static final long serialVersionUID = 1;

    MisfitException(String message) {
      super(message);
    }
  }

  /**
   * Writes a value as the next field of a row.
   *
   * @param value what the driver gives: null, {@link Number}, {@link String} or {@code byte[]}
   * @throws MisfitException if the column cannot take it; nothing was written then
   */
  static void write(Column column, Object value, BinaryRows rows) throws MisfitException {
    switch (column.type().kind()) {
      case INT8_ARRAY -> integers(array(column, value), rows);
      case TEXT_ARRAY -> texts(array(column, value), rows);
      default -> {
        if (value == null) {
          if (!column.nullable()) {
            throw new MisfitException("has no value, and there has to be one");
          }
          rows.none();
        } else {
          scalar(column, value, rows);
        }
      }
    }
  }

  /** The same text with U+FFFD in place of U+0000. */
  static Object withoutNul(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
            .replace('\0', '\ufffd')
            .getBytes(StandardCharsets.UTF_8)
        : value;
  }

  private static void scalar(Column column, Object value, BinaryRows rows) throws MisfitException {
    switch (column.type().kind()) {
      case INT2 -> rows.int2((short) integer(value, Short.MIN_VALUE, Short.MAX_VALUE));
      case INT4 -> rows.int4((int) integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT8 -> rows.int8(integer(value, Long.MIN_VALUE, Long.MAX_VALUE));
      case BOOL -> rows.bool(truth(value));
      case TEXT, VARCHAR -> rows.bytes(text(value));
      case BYTEA -> rows.bytes(bytes(value));
      case TIMESTAMP -> rows.int8(microseconds(value));
      default ->
          throw new MisfitException(
              "is to be " + column.type() + ", which is never made of a value of SQLite");
    }
  }

  private static long integer(Object value, long minimum, long maximum) throws MisfitException {
    if (value instanceof Integer || value instanceof Long) {
      long plain = ((Number) value).longValue();
      if (plain < minimum || plain > maximum) {
        throw new MisfitException(TOO_LARGE);
      }
      return plain;
    }
    byte[] digits = bytes(value);
    if (digits.length > LONGEST_NUMBER) {
      throw new MisfitException("holds no number");
    }
    BigDecimal number;
    try {
      number = new BigDecimal(new String(digits, StandardCharsets.UTF_8));
    } catch (NumberFormatException e) {
      // SQLite reads 9e999 as an infinite number.
      throw new MisfitException(value instanceof Number ? TOO_LARGE : "holds no number");
    }
    if (number.signum() == 0) {
      return 0;
    }
    // Written out, a number with a large exponent could fill the memory.
    long wholeDigits = (long) number.precision() - number.scale();
    if (wholeDigits > MOST_DIGITS) {
      throw new MisfitException(TOO_LARGE);
    }
    if (wholeDigits < 1 || number.stripTrailingZeros().scale() > 0) {
      throw new MisfitException("holds a number that is not a whole one");
    }
    BigInteger whole = number.toBigIntegerExact();
    if (whole.bitLength() > 63 || whole.longValue() < minimum || whole.longValue() > maximum) {
      throw new MisfitException(TOO_LARGE);
    }
    if (value instanceof Double && whole.abs().bitLength() > EXACT_BITS) {
      throw new MisfitException("holds a number that is too large to be exact");
    }
    return whole.longValue();
  }

  private static boolean truth(Object value) throws MisfitException {
    String text =
        value instanceof Number number && number.doubleValue() == number.longValue()
            ? Long.toString(number.longValue())
            : new String(bytes(value), StandardCharsets.UTF_8);
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw new MisfitException("holds neither 0 nor 1");
    };
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(Object value) throws MisfitException {
    byte[] bytes = bytes(value);
    boolean plain = true;
    for (byte one : bytes) {
      if (one == 0) {
        throw new MisfitException("holds a text with the character U+0000");
      }
      plain &= one > 0;
    }
    if (!plain) {
      try {
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        throw new MisfitException("holds a text that is not UTF-8");
      }
    }
    return bytes;
  }

  private static long microseconds(Object value) throws MisfitException {
    try {
      String text = new String(bytes(value), StandardCharsets.UTF_8).strip();
      return ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(text, TIMESTAMP));
    } catch (DateTimeParseException e) {
      throw new MisfitException("holds no point in time");
    }
  }

  /** The JSON of an array; null for NULL. */
  private static byte[] array(Column column, Object value) {
    byte[] bytes = value == null ? new byte[0] : bytes(value);
    boolean none =
        bytes.length == 0
            || bytes.length == 4
                && bytes[0] == 'n'
                && new String(bytes, StandardCharsets.UTF_8).equals("null");
    if (!none) {
      return bytes;
    }
    return column.nullable() ? null : EMPTY_ARRAY;
  }

  private static void integers(byte[] json, BinaryRows rows) throws MisfitException {
    if (json == null) {
      rows.none();
      return;
    }
    long[] numbers = new long[Math.max(1, json.length / 2)];
    int count = 0;
    for (Object element : list(json)) {
      if (!(element instanceof Long number)) {
        throw new MisfitException("holds a JSON array with something else than whole numbers");
      }
      numbers[count++] = number;
    }
    rows.int8Array(numbers, count);
  }

  private static void texts(byte[] json, BinaryRows rows) throws MisfitException {
    if (json == null) {
      rows.none();
      return;
    }
    List<?> elements = list(json);
    byte[][] texts = new byte[elements.size()][];
    for (int i = 0; i < texts.length; i++) {
      if (!(elements.get(i) instanceof String text)) {
        throw new MisfitException("holds a JSON array with something else than texts");
      }
      texts[i] = text(text);
    }
    rows.textArray(texts);
  }

  private static List<?> list(byte[] json) throws MisfitException {
    try {
      if (Json.parse(new String(text(json), StandardCharsets.UTF_8)) instanceof List<?> list) {
        return list;
      }
    } catch (IllegalArgumentException e) {
      throw new MisfitException("is to be an array, but holds what is " + e.getMessage());
    }
    throw new MisfitException("holds no JSON array");
  }
}
