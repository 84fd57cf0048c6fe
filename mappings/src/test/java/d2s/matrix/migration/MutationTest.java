package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import d2s.testing.ProjectDirectory;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That the verifications find what a load can do wrong.
 *
 * <p>The faults stand in {@code mutations/*.sql}, a file for each package of verifications. Each is
 * made in a migrated database and taken back afterwards, without triggers and foreign keys. A block
 * begins with {@code --- VERIFICATION: the fault}. Lines with {@code --} below it are what that
 * verification must find, the first three: {@code -- WHAT: REASON}. Then come statements, of which
 * each must change a row.
 */
class MutationTest {

  /** Those of {@code engine} are verifications that mapping files say: counts, expectations. */
  private static final List<String> FILES =
      List.of(
          "accounts",
          "encryption",
          "engine",
          "events",
          "media",
          "memberships",
          "positions",
          "rooms",
          "server",
          "state",
          "userdata");

  private static final int SHOWN = 3;

  /**
   * Verifications to try, for PIT: {@code -Dd2s.mutations='redactions|events'}. Their names, as a
   * regular expression.
   */
  static final Predicate<String> CHOSEN =
      Pattern.compile(System.getProperty("d2s.mutations", ".*")).asMatchPredicate();

  /**
   * A fault, and the verification that must find it.
   *
   * @param findings what it must find, as lines
   */
  private record Mutation(
      String verification, String fault, List<String> findings, List<String> statements) {

    static List<Mutation> all() throws IOException {
      List<Mutation> mutations = new ArrayList<>();
      for (String file : FILES) {
        try (InputStream in =
            MutationTest.class.getResourceAsStream("/mutations/" + file + ".sql")) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          String[] blocks = text.split("(?m)^--- ");
          for (String block : List.of(blocks).subList(1, blocks.length)) {
            mutations.add(of(block));
          }
        }
      }
      mutations.removeIf(mutation -> !CHOSEN.test(mutation.verification()));
      return mutations;
    }

    private static Mutation of(String block) {
      String[] parts = block.split("\n", 2);
      String[] heading = parts[0].split(": ", 2);
      List<String> findings = parts[1].lines().filter(line -> line.startsWith("-- ")).toList();
      String sql = parts[1].replaceAll("(?m)^-- .*\n", "");
      List<String> statements =
          Stream.of(sql.split(";\\s*(\n|$)")).filter(one -> !one.isBlank()).toList();
      return new Mutation(heading[0], heading[1], findings, statements);
    }

    /** Sequences do not care for transactions. */
    boolean canBeTakenBack() {
      return statements.stream().noneMatch(sql -> sql.contains("setval("));
    }

    void applyTo(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set session_replication_role = replica");
        for (String sql : statements) {
          boolean query = statement.execute(sql);
          boolean definition = sql.startsWith("drop index ");
          assertThat(query || definition || statement.getUpdateCount() > 0)
              .as("this changes something: %s", sql)
              .isTrue();
        }
      }
    }
  }

  /**
   * Migrated once for all tests of a process, also if each of them is run by itself, as PIT does.
   * The connections stay, because a new one has to get to know the schema each time.
   */
  private static final class Migrated {

    static final MigratedRecording RECORDING;
    static final UncommittedTransaction DENDRITE;
    static UncommittedTransaction synapse;

    static {
      try {
        RECORDING = MigratedRecording.of("dendrite-0.13.8");
        DENDRITE = RECORDING.dendriteTransaction();
        synapse = RECORDING.synapseTransaction();
      } catch (SQLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  @Test
  void whatWasMigratedIsRight() throws IOException, SQLException {
    VerificationResults result = verifyChosen(Migrated.RECORDING);

    assertThat(result.results()).flatExtracting(VerificationResult::findings).isEmpty();
    assertThat(result.passed()).isTrue();
  }

  /** {@code | phase | verification | count ...} in the table of what was validated. */
  private static final Pattern VALIDATED =
      Pattern.compile("\\| \\w+ \\| ([^|]+) \\| ([\\d,]+) \\|.*");

  @Test
  void asManyThingsAreLookedAtAsTheDocumentSays() throws IOException, SQLException {
    Map<String, Long> validated = new TreeMap<>();
    String document = Files.readString(ProjectDirectory.root().resolve("TODO.md"));
    for (String line :
        document
            .substring(document.indexOf("## Validation"), document.indexOf("## The complete"))
            .lines()
            .toList()) {
      Matcher row = VALIDATED.matcher(line);
      if (row.matches() && CHOSEN.test(row.group(1))) {
        validated.put(row.group(1), Long.valueOf(row.group(2).replace(",", "")));
      }
    }
    Map<String, Long> looked = new TreeMap<>();
    for (VerificationResult one : verifyChosen(Migrated.RECORDING).results()) {
      assertThat(one.proves()).as(one.name()).isNotBlank();
      if (validated.containsKey(one.name())) {
        looked.put(one.name(), one.checked());
      }
    }
    if (System.getProperty("d2s.mutations") == null) {
      assertThat(validated).hasSizeGreaterThan(40);
    }
    assertThat(looked).isEqualTo(validated);
  }

  /** Names what is damaged in the source and never fails; the damage table tries it. */
  private static final String ONLY_NOTES = "completeness";

  @Test
  void everyVerificationThatLooksIsTried() throws IOException, SQLException {
    List<String> tried = Mutation.all().stream().map(Mutation::verification).distinct().toList();

    assertThat(tried)
        .containsAll(
            verifyChosen(Migrated.RECORDING).results().stream()
                .filter(verification -> verification.outcome() == Outcome.PASSED)
                .map(VerificationResult::name)
                .filter(name -> !name.equals(ONLY_NOTES))
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsFound() throws IOException {
    return Mutation.all().stream()
        .map(
            mutation ->
                dynamicTest(
                    mutation.verification() + ": " + mutation.fault(), () -> isFound(mutation)));
  }

  /** Runs all verifications, or those that were chosen. */
  static VerificationResults verifyChosen(MigratedRecording migrated)
      throws IOException, SQLException {
    if (System.getProperty("d2s.mutations") == null) {
      return migrated.verify();
    }
    Set<String> chosen =
        Mutation.all().stream().map(Mutation::verification).collect(Collectors.toSet());
    return migrated.verify(chosen);
  }

  private static void isFound(Mutation mutation) throws SQLException {
    VerificationResults result =
        mutation.canBeTakenBack() ? inTransaction(mutation) : inCopy(mutation);

    assertThat(result.results())
        .as("%s: %s", mutation.verification(), mutation.fault())
        .singleElement()
        .satisfies(
            verification -> {
              assertThat(verification.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(String.join("\n", lines(verification)))
                  .isEqualTo(String.join("\n", mutation.findings()));
            });
  }

  /** The findings as they stand in a file of mutations. */
  private static List<String> lines(VerificationResult verification) {
    List<String> lines = new ArrayList<>();
    verification.findings().stream()
        .map(finding -> "-- " + finding.what() + ": " + finding.reason())
        .sorted()
        .limit(SHOWN)
        .forEach(lines::add);
    if (verification.failed() > SHOWN) {
      lines.add("-- " + verification.failed() + " in all");
    }
    return lines;
  }

  private static VerificationResults inTransaction(Mutation mutation) throws SQLException {
    try {
      mutation.applyTo(Migrated.synapse.connection());
      return verify(Migrated.synapse.dataSource(), Set.of(mutation.verification()));
    } finally {
      Migrated.synapse.takeBack();
    }
  }

  private static VerificationResults inCopy(Mutation mutation) throws SQLException {
    // Nobody may be connected to a database while it is copied.
    Migrated.synapse.close();
    TestDatabase copy = Migrated.RECORDING.copyOfSynapse();
    Migrated.synapse = Migrated.RECORDING.synapseTransaction();
    try (Connection connection = copy.connect()) {
      mutation.applyTo(connection);
      return verify(copy.dataSource(), Set.of(mutation.verification()));
    } finally {
      copy.drop();
    }
  }

  private static VerificationResults verify(DataSource target, Set<String> only)
      throws SQLException {
    try {
      return MigratedRecording.verify(Migrated.DENDRITE.dataSource(), target, only);
    } finally {
      Migrated.DENDRITE.takeBack();
    }
  }
}
