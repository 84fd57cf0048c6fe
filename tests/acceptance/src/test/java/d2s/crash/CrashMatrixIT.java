package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.crash.Laboratory.Verdict;
import d2s.testing.ProjectDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every fault at every point of a run. By itself it tries a few points; {@code -Dd2s.crash=full}
 * tries all of them, {@code -Dd2s.crash=FAULT,... -Dd2s.crash.points=true} those of some faults,
 * and {@code -Dd2s.crash.points=POINT,...} some of those.
 */
class CrashMatrixIT {

  /** Of the names of the faults. */
  private static final int WIDTH = 30;

  private static final Path DIRECTORY =
      ProjectDirectory.root().resolve("tests/acceptance/target/crash");

  @Test
  void nothingIsLostInAnyCell() throws Exception {
    String wanted = System.getProperty("d2s.crash", "");
    String some = System.getProperty("d2s.crash.points", "");
    boolean isShort = !wanted.equals("full") && some.isEmpty();
    List<Fault> faults =
        Arrays.stream(Fault.values())
            .filter(
                fault ->
                    wanted.isEmpty()
                        || wanted.equals("full")
                        || List.of(wanted.split(",")).contains(fault.name().toLowerCase()))
            .toList();
    long start = System.nanoTime();
    Map<Fault, Map<String, Verdict>> matrix = new LinkedHashMap<>();
    List<String> bad = new ArrayList<>();
    StringBuilder log = new StringBuilder();
    List<Point> points;
    try (Laboratory laboratory = new Laboratory(DIRECTORY)) {
      laboratory.begin();
      points = laboratory.points();
      for (Fault fault : faults) {
        if (fault.needsMount() && !laboratory.canMount()) {
          System.out.println("Not tried, because only root may mount a disk: " + fault.title());
          continue;
        }
        List<String> few = fault.fewPoints();
        Map<String, Verdict> verdicts = matrix.computeIfAbsent(fault, any -> new LinkedHashMap<>());
        for (Point point : points) {
          boolean isMeant =
              some.isEmpty()
                  || some.equals("true")
                  || List.of(some.split(",")).contains(point.name());
          if (isShort && !few.contains(point.name()) || !isMeant) {
            continue;
          }
          long begun = System.nanoTime();
          Verdict verdict = laboratory.run(fault, point);
          verdicts.put(point.name(), verdict);
          String cell = fault.title() + " at " + point.name();
          log.append("=== ").append(cell).append(": ").append(verdict.sign());
          log.append(" in ").append((System.nanoTime() - begun) / 1_000_000).append(" ms\n");
          log.append(verdict.output()).append('\n');
          for (String problem : verdict.problems()) {
            bad.add(cell + ": " + problem);
            log.append("!!! ").append(problem).append('\n');
          }
          Files.writeString(DIRECTORY.resolve("cells.txt"), log);
        }
      }
    }
    print(matrix, points, (System.nanoTime() - start) / 1_000_000_000);
    assertThat(bad).isEmpty();
  }

  private static void print(
      Map<Fault, Map<String, Verdict>> matrix, List<Point> points, long seconds) {
    StringBuilder table = new StringBuilder();
    long cells = matrix.values().stream().mapToLong(Map::size).sum();
    table.append(
        "%d cells in %d s. 0: nothing is loaded, 1: everything, -: the run was over, !: wrong%n"
            .formatted(cells, seconds));
    List<String> names =
        points.stream()
            .map(Point::name)
            .filter(name -> matrix.values().stream().anyMatch(row -> row.containsKey(name)))
            .toList();
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (int line = 0; line < width; line++) {
      table.append(" ".repeat(WIDTH));
      for (String name : names) {
        int index = line - (width - name.length());
        table.append(index < 0 ? ' ' : name.charAt(index)).append(' ');
      }
      table.append('\n');
    }
    matrix.forEach(
        (fault, row) -> {
          table.append(("%-" + WIDTH + "s").formatted(fault.title()));
          for (String name : names) {
            Verdict verdict = row.get(name);
            table
                .append(verdict == null ? " " : verdict.problems().isEmpty() ? verdict.sign() : "!")
                .append(' ');
          }
          table.append('\n');
        });
    System.out.print(table);
  }
}
