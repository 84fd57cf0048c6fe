package d2s.cli.linking;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads links from a CSV file in UTF-8. Its columns are user, provider and sub, in this order or in
 * the order of a first line that names them. Between them stands a comma or, as some spreadsheets
 * write it, a semicolon.
 */
final class LinkFile {

  private static final List<String> COLUMNS = List.of("user", "provider", "sub");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A link with its place in the file, from 1. */
  record Line(long number, Link link) {}

  private final Path path;
  private final List<String> problems = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private List<String> order = COLUMNS;

  private LinkFile(Path path) {
    this.path = path;
  }

  /**
   * @throws CommandFailedException with every line that cannot be read, if there is one
   */
  static List<Line> read(Path path) throws CommandFailedException {
    LinkFile file = new LinkFile(path);
    file.parse(text(path));
    if (file.problems.isEmpty() && file.lines.isEmpty()) {
      file.problems.add(path + " has no links; each line is user, provider, sub");
    }
    if (!file.problems.isEmpty()) {
      throw new CommandFailedException(ExitCode.USAGE, file.problems, null);
    }
    return List.copyOf(file.lines);
  }

  private static String text(Path path) throws CommandFailedException {
    try {
      String text = Files.readString(path);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(ExitCode.USAGE, "there is no file " + path);
    } catch (CharacterCodingException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, path + " is not in UTF-8; let your spreadsheet save it as \"CSV UTF-8\"");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, path + " cannot be read; is it a file, and may this user read it?");
    }
  }

  private void parse(String text) throws CommandFailedException {
    String first = text.lines().findFirst().orElse("");
    char separator = first.contains(";") && !first.contains(",") ? ';' : ',';
    try (CsvParser parser = new CsvFactory().createParser(text)) {
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
      boolean atStart = true;
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        long number = 0;
        List<String> cells = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (cells.isEmpty()) {
            number = parser.currentTokenLocation().getLineNr();
          }
          cells.add(parser.getText().strip());
        }
        boolean blank = cells.stream().allMatch(String::isBlank) && cells.size() < COLUMNS.size();
        if (!blank && !(atStart && isHeading(cells))) {
          take(number, cells);
        }
        atStart = false;
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, path + " is not valid CSV: is a quotation mark missing?");
    }
  }

  private boolean isHeading(List<String> cells) {
    List<String> words = cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
    if (words.size() != COLUMNS.size() || !words.containsAll(COLUMNS)) {
      return false;
    }
    order = words;
    return true;
  }

  private void take(long number, List<String> cells) {
    if (cells.size() != COLUMNS.size()) {
      problems.add(
          path
              + ":"
              + number
              + ": three values are wanted, user, provider and sub, and there "
              + (cells.size() == 1 ? "is 1" : "are " + cells.size()));
      return;
    }
    for (String column : COLUMNS) {
      if (cell(cells, column).isEmpty()) {
        problems.add(path + ":" + number + ": the " + column + " is empty");
        return;
      }
    }
    lines.add(
        new Line(
            number, new Link(cell(cells, "user"), cell(cells, "provider"), cell(cells, "sub"))));
  }

  private String cell(List<String> cells, String column) {
    return cells.get(order.indexOf(column));
  }
}
