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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That the verifications find what a load can do wrong. The faults stand in {@code
 * mutations/mutations.sql}, each with the verification that must find it.
 */
class MutationTest {

  private static final String FILE = "/mutations/mutations.sql";

  /** A fault, and the verification that must find it. */
  private record Mutation(String verification, String fault, List<String> statements) {

    /** Reads {@code --- verification: fault} and the statements below it. */
    static List<Mutation> all() throws IOException {
      try (InputStream in = MutationTest.class.getResourceAsStream(FILE)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        List<Mutation> mutations = new ArrayList<>();
        String[] blocks = text.split("(?m)^--- ");
        for (String block : List.of(blocks).subList(1, blocks.length)) {
          String[] parts = block.split("\n", 2);
          String[] heading = parts[0].split(": ", 2);
          List<String> statements =
              Stream.of(parts[1].split(";\\s*(\n|$)")).filter(sql -> !sql.isBlank()).toList();
          mutations.add(new Mutation(heading[0], heading[1], statements));
        }
        return mutations;
      }
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
  void whatWasMigratedIsRight() throws SQLException {
    VerificationResults result = Migrated.RECORDING.verify();

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
      if (row.matches()) {
        validated.put(row.group(1), Long.valueOf(row.group(2).replace(",", "")));
      }
    }
    Map<String, Long> looked = new TreeMap<>();
    for (VerificationResult one : Migrated.RECORDING.verify().results()) {
      assertThat(one.proves()).as(one.name()).isNotBlank();
      if (validated.containsKey(one.name())) {
        looked.put(one.name(), one.checked());
      }
    }
    assertThat(validated).hasSizeGreaterThan(40);
    assertThat(looked).isEqualTo(validated);
  }

  /** Names what is damaged in the source and never fails; the damage table tries it. */
  private static final String ONLY_NOTES = "completeness";

  @Test
  void everyVerificationThatLooksIsTried() throws IOException, SQLException {
    List<String> tried = Mutation.all().stream().map(Mutation::verification).distinct().toList();

    assertThat(tried)
        .containsAll(
            Migrated.RECORDING.verify().results().stream()
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

  private static void isFound(Mutation mutation) throws SQLException {
    VerificationResults result =
        mutation.canBeTakenBack() ? inTransaction(mutation) : inCopy(mutation);

    assertThat(result.results())
        .as("%s: %s", mutation.verification(), mutation.fault())
        .singleElement()
        .satisfies(verification -> assertThat(verification.outcome()).isEqualTo(Outcome.FAILED));
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
