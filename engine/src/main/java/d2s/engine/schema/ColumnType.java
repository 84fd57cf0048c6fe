package d2s.engine.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of a column.
 *
 * @param kind which type it is; what a value of it looks like depends on this alone
 * @param length the greatest number of characters of a {@code varchar(n)} or {@code char(n)}; 0
 *     where there is no limit
 * @param sql the type as it is written in SQL and in catalog files, in PostgreSQL's short spelling,
 *     e.g. {@code int8}, {@code varchar(32)}, {@code text[]}
 */
public record ColumnType(Kind kind, int length, String sql) {

  /** The types that values can be written to, and one for all the others. */
  public enum Kind {
    INT2("int2", "smallint"),
    INT4("int4", "integer"),
    INT8("int8", "bigint"),
    FLOAT4("float4", "real"),
    FLOAT8("float8", "double precision"),
    NUMERIC("numeric", "numeric"),
    BOOL("bool", "boolean"),
    TEXT("text", "text"),
    VARCHAR("varchar", "character varying"),
    /** Padded with spaces to its length. */
    CHAR("char", "character"),
    BYTEA("bytea", "bytea"),
    JSON("json", "json"),
    JSONB("jsonb", "jsonb"),
    TIMESTAMP("timestamp", "timestamp without time zone"),
    TIMESTAMPTZ("timestamptz", "timestamp with time zone"),
    DATE("date", "date"),
    UUID("uuid", "uuid"),
    INET("inet", "inet"),
    TSVECTOR("tsvector", "tsvector"),
    INT4_ARRAY("int4[]", "integer[]"),
    INT8_ARRAY("int8[]", "bigint[]"),
    TEXT_ARRAY("text[]", "text[]"),
    /** Any other type. A catalog keeps its name, but no value can be written to it. */
    OTHER("", "");

    private final String shortName;
    private final String longName;

    Kind(String shortName, String longName) {
      this.shortName = shortName;
      this.longName = longName;
    }
  }

  private static final Map<String, Kind> KINDS =
      Arrays.stream(Kind.values())
          .filter(kind -> kind != Kind.OTHER)
          .flatMap(
              kind ->
                  Stream.of(kind.shortName, kind.longName)
                      .distinct()
                      .map(name -> Map.entry(name, kind)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<Kind, ColumnType> PLAIN =
      Arrays.stream(Kind.values())
          .filter(kind -> kind != Kind.OTHER)
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), kind -> new ColumnType(kind, 0, kind.shortName)));

  /** A type with its modifiers, e.g. {@code character varying(32)} or {@code numeric(10,2)}. */
  private static final Pattern WITH_MODIFIERS =
      Pattern.compile("([a-z ]+)(\\((\\d+)(?:,-?\\d+)?\\))");

  public ColumnType {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(sql);
  }

  /**
   * The type of this name.
   *
   * @param name the short spelling or the one of PostgreSQL's {@code format_type}: {@code int8} and
   *     {@code bigint} are the same type. A name that is not known gives {@link Kind#OTHER}.
   */
  public static ColumnType of(String name) {
    Kind plain = KINDS.get(name);
    if (plain != null) {
      return PLAIN.get(plain);
    }
    Matcher parts = WITH_MODIFIERS.matcher(name);
    Kind kind = parts.matches() ? KINDS.get(parts.group(1)) : null;
    if (kind == null) {
      return new ColumnType(Kind.OTHER, 0, name);
    }
    boolean limited = kind == Kind.VARCHAR || kind == Kind.CHAR;
    return new ColumnType(
        kind, limited ? Integer.parseInt(parts.group(3)) : 0, kind.shortName + parts.group(2));
  }

  /** The SQL of the type, for messages. */
  @Override
  public String toString() {
    return sql;
  }
}
