package d2s.cli.schemas;

import d2s.engine.verify.UnfitSql;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the line of Java in which SQL of a verification stands. Where there are no sources, as
 * beside an installed program, the place is one in the SQL.
 */
final class VerificationSources {

  private static final String JAVA = "src/main/java";

  private final Path mappings;

  /**
   * @param mappings the folder of the mapping files, which in a checkout has the sources beside it;
   *     null for those in the program
   */
  VerificationSources(Path mappings) {
    this.mappings = mappings;
  }

  /** What to say about the SQL, as part of a problem. */
  static String message(UnfitSql unfit, String catalog) {
    if (unfit.sql().isEmpty()) {
      return "the verification \""
          + unfit.verification()
          + "\" cannot be asked with "
          + catalog
          + ": "
          + unfit.reason();
    }
    return "the verification \""
        + unfit.verification()
        + "\" does not fit "
        + catalog
        + ": "
        + unfit.reason()
        + ". Write its SQL for this schema too; Sql.has tells whether a table or column is there";
  }

  /** The place of the SQL; with the mapping files' folder as the beginning of paths. */
  Position place(UnfitSql unfit) throws IOException {
    Path folder = mappings == null ? null : mappings.resolve("..").resolve(JAVA).normalize();
    if (folder != null && Files.isDirectory(folder)) {
      String line = line(unfit);
      for (Path file : candidates(folder, unfit.type())) {
        Position found = find(file, line, unfit);
        if (found != null) {
          return found;
        }
      }
    }
    return inSql(unfit);
  }

  /** The class itself first, then its neighbours and what they share. */
  private static List<Path> candidates(Path folder, String type) throws IOException {
    Path own = folder.resolve(type.replace('.', '/') + ".java");
    List<Path> files = new ArrayList<>(List.of(own));
    for (Path near : List.of(own.getParent(), own.getParent().getParent())) {
      try (Stream<Path> all = Files.list(near)) {
        all.filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !files.contains(file))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  private Position find(Path file, String line, UnfitSql unfit) throws IOException {
    if (line.isEmpty() || !Files.exists(file)) {
      return null;
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int at = text.indexOf(line);
    if (at < 0) {
      return null;
    }
    int begin = unfit.sql().lastIndexOf('\n', Math.max(0, unfit.index() - 1)) + 1;
    String whole = unfit.sql().substring(begin, Math.max(begin, unfit.index()));
    int place = at + Math.max(0, whole.stripLeading().length());
    int number = (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    String name = mappings.relativize(file).toString();
    return new Position(
        new SourceText(name, text), number, place - text.lastIndexOf('\n', place - 1));
  }

  /** The line of the SQL that the database complains of. */
  private static String line(UnfitSql unfit) {
    String sql = unfit.sql();
    int index = Math.min(Math.max(0, unfit.index()), Math.max(0, sql.length() - 1));
    int begin = index == 0 ? 0 : sql.lastIndexOf('\n', index - 1) + 1;
    int end = sql.indexOf('\n', index);
    return sql.substring(begin, end < 0 ? sql.length() : end).strip();
  }

  private static Position inSql(UnfitSql unfit) {
    String before = unfit.sql().substring(0, Math.max(0, unfit.index()));
    int number = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String name = "SQL of " + unfit.type().substring(unfit.type().lastIndexOf('.') + 1);
    return new Position(
        new SourceText(name, unfit.sql()), number, before.length() - before.lastIndexOf('\n'));
  }
}
