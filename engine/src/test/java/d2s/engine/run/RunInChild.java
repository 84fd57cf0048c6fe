package d2s.engine.run;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** A migration in a Java process of its own, which a test can kill or give little memory. */
final class RunInChild {

  /** Rows after which a run that is to be killed stands still. */
  private static final long STANDSTILL = 20_000;

  private RunInChild() {}

  /**
   * Starts a run.
   *
   * @param standStill whether it says {@code standing still} in the middle and then does so
   */
  static Process start(
      Path mappings, String source, String target, boolean standStill, String... jvmOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmOptions));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RunInChild.class.getName(),
            mappings.toString(),
            source,
            target,
            Boolean.toString(standStill)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Takes the directory of the mapping files, two JDBC URLs, and whether to stand still. */
  public static void main(String[] arguments) {
    boolean standStill = Boolean.parseBoolean(arguments[3]);
    Progress progress =
        new Progress() {
          @Override
          public void starting(String phase, String mapping, long estimatedRows) {}

          @Override
          public void advanced(String mapping, long rowsRead) {
            if (standStill && rowsRead >= STANDSTILL) {
              System.out.println("standing still");
              sleepForEver();
            }
          }

          @Override
          public void finished(StepResult step) {}

          @Override
          public void note(String text) {}
        };
    RunResult result =
        new Migration(
                MappingSetLoader.load(Path.of(arguments[0])),
                database(arguments[1]),
                database(arguments[2]),
                new RunOptions(false, false, Set.of(), Map.of()))
            .run(progress);
    System.out.println(result.committed() ? "committed" : "not committed");
  }

  private static PGSimpleDataSource database(String url) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    return database;
  }

  private static void sleepForEver() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
