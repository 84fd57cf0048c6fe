package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.framework.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {

  private static final Path DOCUMENTATION = Path.of("..", "docs", "reference", "cli.md");

  @ParameterizedTest
  @EnumSource
  void isDocumented(ExitCode exitCode) throws IOException {
    assertThat(DOCUMENTATION)
        .content()
        .contains("| " + exitCode.number() + " | `" + exitCode.word() + "` | ");
    assertThat(CommandLineRun.of("migrate", "--help").out())
        .containsPattern("(?m)^ +" + exitCode.number() + " +" + exitCode.meaning().split(" ")[0]);
  }
}
