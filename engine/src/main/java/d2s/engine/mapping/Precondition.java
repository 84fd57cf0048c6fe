package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that must hold before anything is touched.
 *
 * @param sql a query that must return no row; the first column of its rows is quoted
 * @param accept the name under which a run may go on although it does not hold; null if none may
 * @param message what is wrong and what to do now
 * @param appliesTo where it must hold
 */
public record Precondition(Side side, Text sql, Text accept, Text message, Set<Use> appliesTo) {

  /** What is going to be done with the databases. */
  public enum Use {
    /** Rows are loaded and stay. */
    LOAD,

    /** Nothing stays: a dry run, and where mapping files are only checked or planned. */
    CHECK,

    /** Only files are copied, perhaps while the source is still in use. */
    FILES;

    /** Where a precondition must hold that does not say. */
    public static final Set<Use> OF_DATABASES = EnumSet.of(LOAD, CHECK);

    public static Use of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public static List<String> names() {
      return Arrays.stream(values()).map(use -> use.name().toLowerCase(Locale.ROOT)).toList();
    }
  }
}
