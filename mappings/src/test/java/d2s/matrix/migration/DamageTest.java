package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import d2s.engine.result.PreconditionFailedException;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The cases of {@code damage.yaml}: the migration goes on, names what it leaves out or repairs, the
 * verification finds the result right, and wrong as soon as one more row is spoiled.
 */
class DamageTest {

  private static final String RECORDING = "dendrite-0.13.8";
  private static final Map<String, Object> GIVEN = Map.of("server_name", "d.test:31448");

  @TestFactory
  Stream<DynamicTest> allTogether() throws IOException, SQLException {
    List<Map<String, Object>> cases = compatible();
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Throwable> failures = new LinkedHashMap<>();
    try (MigratedRecording migrated = withAllDamage()) {
      check("the migration is committed", failures, () -> assertCommitted(migrated));
      VerificationResults verified = migrated.verify();
      check("the verification is right", failures, () -> assertRight(verified));
      for (Map<String, Object> one : cases) {
        check(text(one, "case"), failures, () -> assertNamed(one, migrated));
      }
      for (Map<String, Object> one : cases) {
        if (one.containsKey("spoil")) {
          migrated.change(text(one, "spoil"));
        }
      }
      VerificationResults spoiled = migrated.verify();
      for (Map<String, Object> one : cases) {
        if (one.containsKey("spoil")) {
          check(text(one, "case") + ", spoiled", failures, () -> assertWrong(one, spoiled));
        }
      }
    }
    failures.forEach(
        (name, failure) ->
            tests.add(
                dynamicTest(
                    name,
                    () -> {
                      if (failure != null) {
                        throw failure;
                      }
                    })));
    return tests.stream();
  }

  /** A database with all cases that do not stand in each other's way, migrated. */
  static MigratedRecording withAllDamage() throws IOException, SQLException {
    return migrated(Set.of(), compatible());
  }

  private static List<Map<String, Object>> compatible() throws IOException {
    return cases().stream().filter(one -> !one.containsKey("alone")).toList();
  }

  @TestFactory
  Stream<DynamicTest> alone() throws IOException {
    return cases().stream()
        .filter(one -> one.containsKey("alone"))
        .map(one -> dynamicTest(text(one, "case"), () -> alone(one)));
  }

  private static void alone(Map<String, Object> one) throws SQLException {
    Set<String> accepted = Set.of();
    if (one.containsKey("refused")) {
      assertThatThrownBy(() -> migrated(Set.of(), List.of(one)))
          .isInstanceOfSatisfying(
              PreconditionFailedException.class,
              refused ->
                  assertThat(String.join("\n", refused.reasons())).contains(text(one, "refused")));
      accepted = Set.of(text(one, "accept"));
    }
    try (MigratedRecording migrated = migrated(accepted, List.of(one))) {
      assertCommitted(migrated);
      assertNamed(one, migrated);
      assertRight(migrated.verify());
      if (one.containsKey("spoil")) {
        migrated.change(text(one, "spoil"));
        assertWrong(one, migrated.verify());
      }
    }
  }

  @Test
  void everyCaseIsSpoiledOrSaysWhyNot() throws IOException {
    assertThat(cases())
        .allSatisfy(
            one -> {
              boolean spoiled = one.containsKey("spoil");
              assertThat(one.containsKey("wrong")).as("%s: wrong", one).isEqualTo(spoiled);
              assertThat(one.containsKey("no_spoil")).as("%s: no_spoil", one).isNotEqualTo(spoiled);
              assertThat(spoiled ? "" : text(one, "no_spoil"))
                  .hasSizeGreaterThan(spoiled ? -1 : 20);
            });
  }

  private static MigratedRecording migrated(Set<String> accepted, List<Map<String, Object>> cases)
      throws SQLException {
    String[] damage = cases.stream().map(one -> text(one, "damage")).toArray(String[]::new);
    return MigratedRecording.of(RECORDING, GIVEN, accepted, damage);
  }

  private static void assertCommitted(MigratedRecording migrated) {
    assertThat(migrated.result().findings()).isEmpty();
    assertThat(migrated.result().committed()).isTrue();
  }

  private static void assertNamed(Map<String, Object> one, MigratedRecording migrated)
      throws SQLException {
    if (one.containsKey("named")) {
      String named = text(one, "named");
      int colon = named.indexOf(": ");
      assertThat(migrated.skipped(named.substring(0, colon)))
          .anyMatch(text -> text.contains(named.substring(colon + 2)));
    }
    if (one.containsKey("after")) {
      assertThat(migrated.rows(text(one, "after"))).containsExactly("t");
    }
  }

  private static void assertRight(VerificationResults verified) {
    assertThat(wrong(verified)).isEmpty();
    assertThat(verified.passed()).isTrue();
  }

  private static void assertWrong(Map<String, Object> one, VerificationResults verified) {
    assertThat(wrong(verified)).anyMatch(text -> text.contains(text(one, "wrong")));
  }

  /** Everything that is wrong, as "verification: what: why". */
  private static List<String> wrong(VerificationResults verified) {
    List<String> wrong = new ArrayList<>();
    for (VerificationResult one : verified.results()) {
      one.findings().forEach(f -> wrong.add(one.name() + ": " + f.what() + ": " + f.reason()));
      if (one.outcome() == Outcome.ERROR) {
        wrong.add(one.name() + ": error: " + one.reason());
      }
    }
    return wrong;
  }

  private static String text(Map<String, Object> one, String key) {
    return one.get(key).toString().strip();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> cases() throws IOException {
    try (InputStream text = DamageTest.class.getResourceAsStream("/damage/damage.yaml")) {
      return (List<Map<String, Object>>)
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
  }

  /** Something that can fail. */
  @FunctionalInterface
  private interface Check {
    void run() throws SQLException;
  }

  private static void check(String name, Map<String, Throwable> failures, Check check) {
    try {
      check.run();
      failures.put(name, null);
    } catch (AssertionError | SQLException e) {
      failures.put(name, e);
    }
  }
}
