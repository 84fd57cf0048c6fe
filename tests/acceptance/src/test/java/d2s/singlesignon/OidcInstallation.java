package d2s.singlesignon;

import d2s.cli.sandbox.SynapseInstallation;
import d2s.switchover.server.Tool;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A provider of single sign-on with the libraries that its lock file names, and the library that
 * Synapse wants for it, installed on first use into {@code .clients/oidc} under the project's root.
 *
 * @param python the folder of Synapse's library
 */
record OidcInstallation(Path directory, Path python) {

  private static final Path SOURCES = Path.of("src", "test", "oidc");
  private static final String LOCK_FILE = "package-lock.json";
  private static final List<String> PYTHON = List.of("authlib==1.9.10", "joserfc==1.8.0");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static OidcInstallation get(SynapseInstallation synapse)
      throws IOException, InterruptedException {
    Tool.require(
        "npm", "--version", "(with Node.js 20 or newer) to run a provider of single sign-on");
    Path directory =
        Files.createDirectories(ProjectDirectory.root().resolve(".clients").resolve("oidc"));
    Path python = directory.resolve("python");
    for (String file : List.of("package.json", LOCK_FILE, "provider.mjs")) {
      Files.copy(
          SOURCES.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path marker = directory.resolve("complete");
    String wanted = Files.readString(SOURCES.resolve(LOCK_FILE)) + PYTHON;
    if (!Files.exists(marker) || !Files.readString(marker).equals(wanted)) {
      Tool.run(
          List.of("npm", "ci", "--no-audit", "--no-fund"),
          directory,
          Map.of(),
          directory.resolve("npm.log"),
          PATIENCE);
      Tool.run(
          List.of(
              synapse.directory().resolve("bin").resolve("pip").toString(),
              "install",
              "--quiet",
              "--no-deps",
              "--upgrade",
              "--target",
              python.toString(),
              PYTHON.get(0),
              PYTHON.get(1)),
          directory,
          Map.of(),
          directory.resolve("pip.log"),
          PATIENCE);
      Files.writeString(marker, wanted);
    }
    return new OidcInstallation(directory, python);
  }
}
