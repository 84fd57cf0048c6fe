package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.verify.VerificationResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code d2s verify} says of a database with all damage of {@code damage.yaml}: nothing is
 * wrong, and the lines of {@code notes.txt} are what it notes, {@code VERIFICATION: WHAT: WHY}. A
 * new case of damage can bring new lines.
 */
class NotesTest {

  /** Migrated once for a process, because PIT runs the test again for each of its changes. */
  private static final class Migrated {

    static final MigratedRecording RECORDING;

    static {
      try {
        RECORDING = DamageTest.withAllDamage();
      } catch (IOException | SQLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  @Test
  void whatIsDamagedIsNoted() throws IOException, SQLException {
    List<VerificationResult> results =
        MutationTest.verifyChosen(Migrated.RECORDING).results().stream()
            .filter(one -> MutationTest.CHOSEN.test(one.name()))
            .toList();

    assertThat(results).flatExtracting(VerificationResult::findings).isEmpty();
    assertThat(String.join("\n", lines(results))).isEqualTo(String.join("\n", expected()));
  }

  private static List<String> lines(List<VerificationResult> results) {
    return results.stream()
        .flatMap(
            one ->
                Stream.concat(
                    one.notes().stream()
                        .map(note -> one.name() + ": " + note.what() + ": " + note.reason()),
                    Stream.of(one.name() + ": " + one.noted() + " of " + one.checked())))
        .map(line -> line.replaceAll("\\p{Cntrl}", "."))
        .sorted()
        .toList();
  }

  private static List<String> expected() throws IOException {
    try (InputStream in = NotesTest.class.getResourceAsStream("/damage/notes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> MutationTest.CHOSEN.test(line.substring(0, line.indexOf(": "))))
          .toList();
    }
  }
}
