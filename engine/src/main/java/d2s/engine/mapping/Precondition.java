package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that must hold, or that a person should know, before anything is touched.
 *
 * @param id names it for machines, in kebab-case; null without a name
 * @param level what it means when it does not hold
 * @param sql a query that must return no row; the first column of its rows names what is wrong
 * @param accept the name under which a run may go on although it does not hold; null if none may
 * @param message what is wrong
 * @param ok what is true when it holds; null for the id
 * @param cause why it matters; null where the message says it
 * @param cure what to do now; null where the message says it
 * @param appliesTo where it must hold
 */
public record Precondition(
    Text id,
    Level level,
    Side side,
    Text sql,
    Text accept,
    Text message,
    Text ok,
    Text cause,
    Text cure,
    Set<Use> appliesTo) {

  /** What is going to be done with the databases. */
  public enum Use {
    /** Rows are loaded and stay. */
    LOAD,

    /** Nothing stays: a dry run, and where mapping files are only checked or planned. */
    CHECK,

    /** Only files are copied, perhaps while the source is still in use. */
    FILES,

    /** What is loaded is about to be committed: it is asked once more. */
    COMMIT;

    /** Where a precondition must hold that does not say. */
    public static final Set<Use> OF_DATABASES = EnumSet.of(LOAD, CHECK);

    public static Use of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public static List<String> names() {
      return Arrays.stream(values()).map(use -> use.name().toLowerCase(Locale.ROOT)).toList();
    }
  }

  /** What it means when a precondition does not hold. */
  public enum Level {
    /** Nothing: it is something to know. */
    NOTE,

    /** A run goes on, and says so. */
    WARNING,

    /** A run is refused. */
    ERROR
  }
}
