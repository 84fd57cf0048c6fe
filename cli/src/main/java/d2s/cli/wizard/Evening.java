package d2s.cli.wizard;

import java.util.List;

/** The steps of a migration in their order; docs/guide/migrating.md explains each. */
final class Evening {

  private Evening() {}

  static List<Step> steps(Answers answers) {
    String dendrite = answers.get(Question.DENDRITE_CONFIG).orElseThrow();
    String folder = answers.get(Question.SYNAPSE_FOLDER).orElseThrow();
    String database = answers.get(Question.SYNAPSE_DATABASE).orElseThrow();
    String media = answers.get(Question.SYNAPSE_MEDIA).orElseThrow();
    String key = folder + "/signing.key";
    String homeserver = folder + "/homeserver.yaml";
    String[] both = {"--dendrite-config", dendrite, "--synapse-config", homeserver};
    return List.of(
        Step.run(
            "keys",
            "Turn Dendrite's signing key into Synapse's. Other servers know yours by it.",
            "keys",
            "--dendrite-config",
            dendrite,
            "--synapse-key",
            key),
        Step.run(
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
            "database",
            "Read homeserver.yaml and write what is marked FILL IN. Then make Synapse's database with"
                + " its tables, without starting Synapse. Take the names from homeserver.yaml:",
            "sudo -u postgres createuser --pwprompt synapse",
            "sudo -u postgres createdb --template=template0 --encoding=UTF8 --locale=C"
                + " --owner=synapse synapse",
            "update_synapse_database --database-config "
                + homeserver
                + " --run-background-updates"),
        Step.run(
            "check", "See whether both databases fit. Nothing is changed.", with("check", both)),
        Step.run(
            "media",
            "Copy the media files beforehand, while Dendrite is running. Only new ones remain for"
                + " later.",
            with("media", both)),
        Step.byHand(
            "stop",
            "Close the proxy, so that nobody writes any more. Wait some minutes, then stop Dendrite"
                + " and make a backup of its database:",
            "systemctl stop dendrite",
            "sudo -u postgres pg_dump --format=custom dendrite > dendrite.dump"),
        Step.run(
            "dry-run",
            "Try it. Everything is loaded, checked, and taken back.",
            with("migrate", both, "--dry-run")),
        Step.run(
            "migrate",
            "Do it. All of it is in Synapse afterwards, or nothing.",
            with("migrate", both)),
        Step.run(
            "verify",
            "Prove that everything is there and right, before Synapse changes anything.",
            with("verify", both)),
        Step.byHand(
            "start",
            "Give Synapse's user the files, start Synapse, and open the proxy again:",
            "chown -R matrix-synapse: " + folder + " " + media,
            "systemctl start matrix-synapse"),
        Step.run(
            "published",
            "Ask the running Synapse whether it publishes the key that Dendrite had.",
            "keys",
            "--dendrite-config",
            dendrite,
            "--synapse-key",
            key,
            "--server",
            "http://localhost:8008"));
  }

  private static String[] with(String command, String[] options, String... more) {
    String[] all = new String[1 + options.length + more.length];
    all[0] = command;
    System.arraycopy(options, 0, all, 1, options.length);
    System.arraycopy(more, 0, all, 1 + options.length, more.length);
    return all;
  }
}
