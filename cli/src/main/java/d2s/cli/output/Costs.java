package d2s.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the parts of a run cost, in microseconds of one machine; only the proportions matter. The
 * figures come from real runs: {@code ./benchmark bar} prints them.
 */
final class Costs {

  private final Properties figures = new Properties();

  /**
   * What a step costs.
   *
   * @param perRow for each row that the database expects it to read of a table
   * @param reads how many rows it reads for each of these
   */
  record Step(double perRow, double reads) {}

  private Costs() {}

  static Costs learned() {
    Costs costs = new Costs();
    try (InputStream file = Costs.class.getResourceAsStream("costs.properties")) {
      costs.figures.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return costs;
  }

  /** A mapping that was not measured costs as much as one with as many tables. */
  Step step(String mapping, int tables) {
    String[] parts = figures.getProperty("step." + mapping, "").split(" ");
    return parts.length == 2
        ? new Step(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]))
        : new Step(figure("row") * (1 + tables), 1);
  }

  /** All indexes and keys of a table, for each row that is expected in it. */
  double indexes(String table, int count) {
    String known = figures.getProperty("index." + table);
    return known == null ? figure("index") * count : Double.parseDouble(known);
  }

  /** Even an empty step takes a moment. */
  double leastOfStep() {
    return figure("step");
  }

  /** The checks of what was loaded, for each row that all steps read. */
  double checks() {
    return figure("check");
  }

  double file() {
    return figure("file");
  }

  double megabyte() {
    return figure("megabyte");
  }

  private double figure(String name) {
    return Double.parseDouble(figures.getProperty(name));
  }
}
