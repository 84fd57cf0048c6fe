package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VerifyProgressTest {

  private final StringWriter screen = new StringWriter();

  private VerifyProgress progress(boolean interactive, boolean everyOne) {
    PrintWriter writer = new PrintWriter(screen, true);
    return new VerifyProgress(new Terminal(writer, writer, interactive, 80), everyOne);
  }

  @Test
  void theBarShowsHowManyHaveEndedAndNotHowManyHaveBegun() {
    try (VerifyProgress progress = progress(true, false)) {
      progress.starting("events", 1, 4);
      progress.starting("rooms", 2, 4);
      assertThat(screen.toString()).endsWith("\r[....................]  2 of 4: rooms\u001b[K");

      progress.finished(2, 4);
      assertThat(screen.toString()).endsWith("\r[##########..........]  2 of 4: rooms\u001b[K");

      progress.starting("users", 3, 4);
      progress.finished(3, 4);
      progress.starting("media", 4, 4);
      assertThat(screen.toString()).endsWith("\r[###############.....]  4 of 4: media\u001b[K");
      progress.finished(4, 4);
      assertThat(screen.toString()).endsWith("\r[####################]  4 of 4: media\u001b[K");
    }
    assertThat(screen.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void saysSomethingBeforeTheFirst() {
    try (VerifyProgress progress = progress(true, false)) {
      progress.preparing();
      assertThat(screen.toString()).isEqualTo("\rlooking at both databases\u001b[K");
      progress.starting("events", 1, 4);
      assertThat(screen.toString()).endsWith("\r[....................]  1 of 4: events\u001b[K");
    }
    assertThat(screen.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void everyOneGetsALineIfThatIsWanted() {
    try (VerifyProgress progress = progress(true, true)) {
      progress.starting("events", 1, 2);
      progress.finished(1, 2);
      progress.starting("rooms", 2, 2);
    }
    assertThat(screen.toString().lines())
        .containsExactly("Looking at 1 of 2: events ...", "Looking at 2 of 2: rooms ...");
  }
}
