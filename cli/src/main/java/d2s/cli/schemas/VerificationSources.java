package d2s.cli.schemas;

import d2s.engine.verify.UnfitSql;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the line of Java in which SQL of a verification stands. Where there are no sources, as
 * beside an installed program, the place is one in the SQL.
 */
final class VerificationSources {

  private static final String JAVA = "src/main/java";

  /** Fewer characters of SQL than these can stand anywhere. */
  private static final int ENOUGH = 20;

  /**
   * A part of a line of SQL.
   *
   * @param index the character in it that the database complains of
   */
  private record Piece(String text, int index) {}

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
      Map<Path, String> texts = new LinkedHashMap<>();
      for (Path file : candidates(folder, unfit.type())) {
        if (Files.exists(file)) {
          texts.put(file, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
      for (Piece piece : pieces(unfit)) {
        for (Map.Entry<Path, String> file : texts.entrySet()) {
          int at = file.getValue().indexOf(piece.text());
          if (at >= 0) {
            return position(file.getKey(), file.getValue(), at + piece.index());
          }
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

  private Position position(Path file, String text, int place) {
    int number = (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    return new Position(
        new SourceText(mappings.relativize(file).toString(), text),
        number,
        place - text.lastIndexOf('\n', place - 1));
  }

  /**
   * The line of the SQL that the database complains of, and then ever smaller parts of it around
   * the complaint: what runs a query can put more around it, on the same line.
   */
  private static List<Piece> pieces(UnfitSql unfit) {
    String sql = unfit.sql();
    int index = Math.min(Math.max(0, unfit.index()), Math.max(0, sql.length() - 1));
    int begin = index == 0 ? 0 : sql.lastIndexOf('\n', index - 1) + 1;
    int end = sql.indexOf('\n', index);
    String line = sql.substring(begin, end < 0 ? sql.length() : end).stripTrailing();
    int indent = line.length() - line.stripLeading().length();
    int complaint = Math.max(indent, Math.min(index - begin, line.length()));
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from <= complaint && from < line.length(); from++) {
      if (line.charAt(from) == ' ' || from > 0 && " (".indexOf(line.charAt(from - 1)) < 0) {
        continue;
      }
      for (int to = line.length(); to > complaint; to--) {
        if (to == line.length() || " )".indexOf(line.charAt(to)) >= 0) {
          pieces.add(new Piece(line.substring(from, to), complaint - from));
        }
      }
    }
    String whole = line.strip();
    pieces.removeIf(one -> one.text().length() < ENOUGH && !one.text().equals(whole));
    pieces.sort(Comparator.comparing((Piece one) -> one.text().length()).reversed());
    return pieces;
  }

  private static Position inSql(UnfitSql unfit) {
    String before = unfit.sql().substring(0, Math.max(0, unfit.index()));
    int number = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String name = "SQL of " + unfit.type().substring(unfit.type().lastIndexOf('.') + 1);
    return new Position(
        new SourceText(name, unfit.sql()), number, before.length() - before.lastIndexOf('\n'));
  }
}
