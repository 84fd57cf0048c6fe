package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that behave like Python and pip, to see every way in which they can fail. */
class SynapseInstallationTest {

  @TempDir Path directory;
  private Path place;

  @BeforeEach
  void choosePlace() {
    place = directory.resolve("synapse").resolve("1");
  }

  @Test
  void noPythonIsAnErrorThatSaysWhichOneIsNeeded() {
    assertThatThrownBy(() -> Python.find(List.of("no-such-python", "nor-this-one")))
        .isInstanceOf(SynapseUnavailableException.class)
        .hasMessage(
            "Synapse needs Python 3.10 or newer, and none was found (looked for no-such-python,"
                + " nor-this-one). Install one, for example with: apt install python3"
                + " python3-venv");
  }

  @Test
  void anOldPythonIsNamedWithItsVersion() throws IOException {
    Path old = script("old", "echo version 3.9 venv True");

    assertThatThrownBy(() -> Python.find(List.of("no-such-python", old.toString())))
        .hasMessageContaining("none was found (" + old + " is 3.9)");
  }

  @Test
  void aPythonWithoutVirtualEnvironmentsIsPassedOverForOneThatHasThem() throws IOException {
    Path bare = script("bare", "echo version 3.12 venv False");
    Path whole = script("whole", "echo version 3.10 venv True");

    assertThat(Python.find(List.of(bare.toString(), whole.toString())).command())
        .isEqualTo(whole.toString());
    assertThatThrownBy(() -> Python.find(List.of(bare.toString())))
        .hasMessageContaining(bare + " cannot make virtual environments");
  }

  @Test
  void aFailureOfPipIsToldWithItsReasonAndTriedAgainNextTime() throws IOException {
    Python failing = python("echo Collecting; echo no route to host >&2; exit 1");

    assertThatThrownBy(() -> SynapseInstallation.at(place, () -> failing))
        .isInstanceOf(SynapseUnavailableException.class)
        .hasMessageContaining("could not have been installed by pip: no route to host")
        .hasMessageContaining("then run again");

    Python working = python("exit 0");
    assertThat(SynapseInstallation.at(place, () -> working).directory()).isEqualTo(place);
  }

  @Test
  void aCompleteInstallationIsUsedAgain() throws IOException {
    Python working = python("exit 0");
    SynapseInstallation.at(place, () -> working);

    SynapseInstallation again =
        SynapseInstallation.at(
            place,
            () -> {
              throw new AssertionError("nothing needs to be installed");
            });

    assertThat(again.homeserverProgram()).isEqualTo(place.resolve("bin/synapse_homeserver"));
  }

  @Test
  void whatAnInterruptedInstallationLeftIsThrownAway() throws IOException {
    Path leftOver = Files.createDirectories(place.resolve("lib")).resolve("half a file");
    Files.writeString(leftOver, "half");
    Python working = python("exit 0");

    SynapseInstallation.at(place, () -> working);

    assertThat(leftOver).doesNotExist();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Files.writeString(directory.resolve("synapse"), "in the way");

    assertThatThrownBy(() -> SynapseInstallation.at(place, () -> new Python("python3")))
        .isInstanceOf(SynapseUnavailableException.class)
        .hasMessageContaining("FileAlreadyExistsException: " + directory.resolve("synapse"))
        .hasMessageContaining("Remove what is there");
  }

  /** A Python whose virtual environments have a pip that does this. */
  private Python python(String pip) throws IOException {
    Path command =
        script(
            "python",
            "mkdir -p \"$3/bin\"",
            "printf '#!/bin/sh\\n%s\\n' '" + pip + "' > \"$3/bin/pip\"",
            "chmod +x \"$3/bin/pip\"");
    return new Python(command.toString());
  }

  private Path script(String name, String... lines) throws IOException {
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
