package d2s.cli.wizard;

import d2s.cli.configuration.DendriteConfiguration;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The steps of a migration in their order: those of docs/guide/migrating.md, with the same
 * commands, which a test holds. The guide explains each.
 */
final class Evening {

  private Evening() {}

  /**
   * @param answers all of them
   * @param environment from which placeholders in dendrite.yaml are replaced
   */
  static List<Step> steps(Answers answers, Map<String, String> environment)
      throws InvalidConfigurationException, InvalidConnectionStringException {
    String dendrite = answers.get(Question.DENDRITE_CONFIG).orElseThrow();
    String folder = answers.get(Question.SYNAPSE_FOLDER).orElseThrow();
    String database = answers.get(Question.SYNAPSE_DATABASE).orElseThrow();
    String media = answers.get(Question.SYNAPSE_MEDIA).orElseThrow();
    String address = answers.get(Question.ADDRESS).orElseThrow();
    String serverName =
        DendriteConfiguration.read(Path.of(dendrite), environment)
            .server()
            .serverName()
            .orElse("server");
    String key = folder + "/" + serverName.replace(':', '_') + ".signing.key";
    String homeserver = folder + "/homeserver.yaml";
    Map<ConnectionParameter, String> parameters = ConnectionString.parse(database);
    String user = parameters.getOrDefault(ConnectionParameter.USER, "synapse");
    String name = parameters.getOrDefault(ConnectionParameter.DATABASE, "synapse");
    String[] all = {
      "--dendrite-config",
      dendrite,
      "--synapse-config",
      homeserver,
      "--dendrite-media-path",
      answers.get(Question.DENDRITE_MEDIA).orElseThrow(),
      "--synapse-media-path",
      media
    };
    return List.of(
        Step.byHand(
            2,
            "synapse",
            "Install Synapse. Stop it if the package has started it, and move the package's"
                + " configuration away:",
            "systemctl disable --now matrix-synapse",
            "mv " + homeserver + " " + homeserver + ".package"),
        Step.run(
            3,
            "keys",
            "Turn Dendrite's signing key into Synapse's. Other servers know yours by it.",
            "keys",
            "--dendrite-config",
            dendrite,
            "--synapse-key",
            key),
        Step.run(
            4,
            "config",
            "Write homeserver.yaml from Dendrite's settings.",
            "config",
            "--dendrite-config",
            dendrite,
            "--synapse-key",
            key,
            "--synapse-db",
            database,
            "--synapse-media-path",
            media,
            "--output",
            homeserver),
        Step.byHand(
            5,
            "database",
            "Make Synapse's database. Choose a long password of letters and digits:",
            "sudo -u postgres createuser --pwprompt " + user,
            "sudo -u postgres createdb --owner="
                + user
                + " --template=template0 --encoding=UTF8 --locale=C "
                + name),
        Step.byHand(
            6,
            "fill-in",
            "Read homeserver.yaml, and write what is marked FILL IN, such as this password. Then see"
                + " that nothing is left:",
            "nano " + homeserver,
            "test -s "
                + homeserver
                + " && ! grep -n '^[^#]*FILL IN' "
                + homeserver
                + " && echo \"Nothing left to fill in.\""),
        Step.byHand(
            7,
            "files",
            "Give the files to Synapse's user:",
            "chown matrix-synapse: " + homeserver + " " + key),
        Step.byHand(
            8,
            "tables",
            "Let Synapse make its tables. This starts no server:",
            "sudo -u matrix-synapse env PATH=\"$PATH:/opt/venvs/matrix-synapse/bin\""
                + " update_synapse_database --database-config "
                + homeserver
                + " --run-background-updates"),
        Step.run(
            9,
            "check",
            "See whether everything fits. Nothing is changed. While Dendrite is running,"
                + " dendrite-stopped is the one error that is right: then skip this step.",
            with(all, "check")),
        Step.run(
            10,
            "media",
            "Copy the media files beforehand, while Dendrite is running. Only new ones remain for"
                + " later.",
            with(all, "media")),
        Step.run(
            11,
            "rehearsal",
            "Rehearse. Everything is loaded, checked, and taken back.",
            with(all, "migrate", "--dry-run")),
        Step.byHand(
            12,
            "proxy",
            "From here on your server is offline. Let the proxy answer 503 to everything below"
                + " /_matrix, and stop bridges and bots. For nginx:",
            "nginx -t",
            "systemctl reload nginx"),
        Step.byHand(
            13,
            "stop",
            "Give Dendrite two minutes to finish, then stop it:",
            "sleep 120",
            "systemctl disable --now dendrite"),
        Step.byHand(
            14,
            "backup",
            "Make a backup, with the names that your database and folder have:",
            "sudo -u postgres pg_dump --format=custom dendrite > /var/backups/dendrite.dump",
            "cp -a " + parent(dendrite) + " /var/backups/dendrite-configuration"),
        Step.run(
            15,
            "migrate",
            "Do it. All of it is in Synapse afterwards, or nothing.",
            with(all, "migrate")),
        Step.run(
            16,
            "verify",
            "Prove that everything is there and right, before Synapse changes anything.",
            with(all, "verify")),
        Step.byHand(17, "start", "Start Synapse:", "systemctl enable --now matrix-synapse"),
        Step.run(
            18,
            "published",
            "Ask the running Synapse whether it publishes the key that Dendrite had.",
            "keys",
            "--dendrite-config",
            dendrite,
            "--synapse-key",
            key,
            "--server",
            address),
        Step.byHand(
            18,
            "test",
            "Look for errors, and test with your own app while the proxy is closed to everybody else."
                + " It is the last moment for the simple way back:",
            "journalctl --unit=matrix-synapse --since=-10min --grep=' ERROR ' || true",
            "nginx -t",
            "systemctl reload nginx"),
        Step.byHand(
            19,
            "open",
            "Open the proxy again, with the path /_synapse/client too. Start bridges and bots:",
            "nginx -t",
            "systemctl reload nginx"));
  }

  private static String parent(String file) {
    Path parent = Path.of(file).toAbsolutePath().getParent();
    return parent == null ? file : parent.toString();
  }

  /** The command first, then the options, then what is only here. */
  private static String[] with(String[] options, String command, String... more) {
    String[] all = new String[1 + options.length + more.length];
    all[0] = command;
    System.arraycopy(options, 0, all, 1, options.length);
    System.arraycopy(more, 0, all, 1 + options.length, more.length);
    return all;
  }
}
