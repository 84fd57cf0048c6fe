package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.crash.Tool.Child;
import d2s.crash.Tool.Outcome;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.testing.ProjectDirectory;
import d2s.testing.TestDatabase;
import d2s.testing.TestDirectory;
import d2s.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Too small an {@code -Xmx}: whenever the memory ends, d2s says so, and the target is as before. By
 * itself it tries a few sizes; {@code -Dd2s.crash=full} tries each from one with which Java hardly
 * starts to one that is enough.
 */
class SmallMemoryIT {

  private static final Path DIRECTORY =
      ProjectDirectory.root().resolve("tests/acceptance/target/small-memory");
  private static final long EVENTS = 3_000;

  /** In MB. With the first d2s hardly begins, with the second it is in the middle. */
  private static final List<Integer> SHORT = List.of(12, 28);

  private static final List<Integer> ALL =
      IntStream.rangeClosed(8, 48).filter(size -> size % 2 == 0).boxed().toList();

  private static final Pattern RAW =
      Pattern.compile(
          "(?m)^\\s+at [\\w.$]+\\(|Exception|\\bjava\\.|org\\.postgresql|internal error|OutOfMemory");

  @Test
  void theTargetIsAsBeforeAndTheReasonIsSaid() throws Exception {
    boolean full = System.getProperty("d2s.crash", "").equals("full");
    TestDirectory.empty(DIRECTORY);
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    new GeneratedDendrite(Size.of(EVENTS), dendrite.dataSource()).write();
    TestDatabase empty = TestPostgres.createDatabase("empty");
    Homeservers.synapse(empty);
    Fingerprint source = Fingerprint.of(dendrite);
    Fingerprint before = Fingerprint.of(empty);
    TreeMap<Integer, String> signs = new TreeMap<>();
    List<String> bad = new ArrayList<>();
    for (int size : full ? ALL : SHORT) {
      TestDatabase target = empty.copy("synapse");
      Path place = Files.createDirectories(DIRECTORY.resolve(size + "m"));
      Outcome outcome;
      try (Child child =
          Tool.start(
              List.of(
                  "migrate",
                  "--dendrite-db",
                  connection(dendrite),
                  "--synapse-db",
                  connection(target)),
              place,
              place.resolve("log"),
              "-Xmx" + size + "m")) {
        outcome = child.await();
      }
      String said = outcome.output();
      List<String> differences = before.differences(Fingerprint.of(target));
      if (outcome.exitCode() == 0) {
        signs.put(size, "1");
        if (differences.isEmpty()) {
          bad.add(size + "m: it says that it has loaded: " + said);
        }
      } else {
        signs.put(size, "0");
        // After the commit it can end, too.
        boolean loaded = said.contains("everything was loaded into Synapse's database");
        if (!differences.isEmpty() && !loaded) {
          bad.add(size + "m: the target differs: " + differences);
        }
        if (outcome.exitCode() != 4
            || !said.contains("Java has too little memory")
            || RAW.matcher(said).find()) {
          bad.add(size + "m: it ends with " + outcome.exitCode() + ": " + said);
        }
      }
      target.drop();
    }
    System.out.println("-Xmx in MB; 0: nothing is loaded, 1: everything: " + signs);
    assertThat(bad).isEmpty();
    assertThat(source.differences(Fingerprint.of(dendrite))).isEmpty();
    assertThat(signs).containsValue("0");
    assertThat(full).isEqualTo(signs.containsValue("1"));
  }

  private static String connection(TestDatabase database) {
    return "host=%s port=%d dbname=%s user=%s password=unused sslmode=disable"
        .formatted(database.host(), database.port(), database.name(), database.user());
  }
}
