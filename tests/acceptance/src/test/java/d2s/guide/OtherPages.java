package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The README and the pages beside the one of the evening itself, in an order in which one and the
 * same machine can follow them. What a page asks a person to write is written here.
 */
final class OtherPages {

  private final Page guide = Page.guide("migrating.md");
  private final Evening evening;

  OtherPages(Evening evening) {
    this.evening = evening;
  }

  /** Looks at the machine, and takes the signing key as each platform does. */
  void beforeTheEvening() throws Exception {
    Page before = Page.guide("before-you-begin.md");
    for (String part : List.of("df -h", "maven", "tmux")) {
      evening.run(before, before.shell(part));
    }
    Path dendrite = evening.file("/etc/dendrite");
    String configuration = Files.readString(dendrite.resolve("dendrite.yaml"));
    Files.createDirectories(evening.file("/run/dendrite"));
    Files.writeString(
        evening.file("/run/dendrite/dendrite.yaml"),
        configuration.replace("matrix_key.pem", dendrite.resolve("matrix_key.pem").toString()));
    Path playbook = Files.createDirectories(evening.file("/matrix/dendrite/config"));
    Files.createDirectories(evening.file("/matrix/synapse/config"));
    Files.writeString(
        playbook.resolve("dendrite.yaml"), configuration.replace("matrix_key.pem", "/data/key"));
    Files.copy(
        dendrite.resolve("matrix_key.pem"), playbook.resolve("matrix.example.org.signing.pem"));
    Files.createDirectories(evening.file("/var/www"));
    Files.createSymbolicLink(evening.file("/var/www/dendrite"), dendrite);
    Path made = evening.file("/etc/matrix-synapse/homeserver.signing.key");
    Files.writeString(made, "ed25519 a_made AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI\n");

    String ansible = run(Page.guide("platforms/ansible-playbook.md"), "d2s keys");
    String nixos = run(Page.guide("platforms/nixos.md"), "install -m", "d2s keys");
    String yunohost = run(Page.guide("platforms/yunohost.md"), "d2s keys");
    assertThat(List.of(ansible, nixos, yunohost)).allMatch(said -> said.contains("ed25519"));
    Files.delete(made);
  }

  void quickStart() throws Exception {
    Page readme = Page.readme();
    run(guide, "homeserver.yaml.package");
    run(readme, "d2s config");
    run(guide, "nano", "createdb");
    assertThat(run(readme, "d2s migrate"))
        .contains("Synapse's database is loaded.")
        .contains("Verified in ");
  }

  /** Links an account, and starts Synapse once with all that the pages add to its settings. */
  void afterTheSwitch() throws Exception {
    Page linking = Page.guide("linking-accounts.md");
    Page after = Page.guide("after-the-switch.md");
    Page mas = Page.guide("mas.md");
    Path homeserver = evening.file("/etc/matrix-synapse/homeserver.yaml");
    String before = Files.readString(homeserver);

    String user =
        evening
            .dendrite()
            .rows("select min(localpart) from userapi_accounts where is_deactivated is not true")
            .get(0);
    Files.writeString(
        evening.file("links.csv"), text(linking, "user,provider").replace("alexander", user));
    Files.writeString(homeserver, before + text(linking, "idp_id: keycloak"));
    // The provider of the page answers nobody, and Synapse asks it when it starts.
    evening.synapseStarts(false);
    assertThat(run(linking, "--dry-run")).contains("new");
    run(linking, "systemctl stop");
    Page.Block link =
        linking.blocks().stream()
            .filter(b -> b.text().contains("d2s link-oidc") && !b.text().contains("--dry-run"))
            .findFirst()
            .orElseThrow();
    evening.run(linking, link);
    run(linking, "systemctl start");
    run(after, "systemctl restart");

    Files.writeString(homeserver, before);
    for (String part : List.of("config generate", "--mas mas.yaml", "check", "--dry-run")) {
      run(mas, part);
    }
    assertThat(evening.file("homeserver-with-mas.yaml")).content().contains("matrix_auth");
    run(mas, "systemctl stop");
    Files.writeString(homeserver, new Yaml().dump(with(before, after, mas)));
    evening.synapseStarts(true);
    run(mas, "systemctl start");
    HttpResponse<String> versions =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(evening.synapse() + "/_matrix/client/versions"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(versions.body()).contains("\"org.matrix.msc4140\":true");
    Files.writeString(homeserver, before);
  }

  /** Synapse's settings, and every piece of the pages but for those that need another machine. */
  private static Map<String, Object> with(String before, Page... pages) {
    Map<String, Object> all = map(before);
    for (Page page : pages) {
      for (Page.Block block : page.blocks()) {
        if (!block.language().equals("yaml")) {
          continue;
        }
        if (block.text().startsWith("- ")) {
          List<Object> listeners = new ArrayList<>((List<?>) all.get("listeners"));
          List<?> more = new Yaml().load(block.text().replace("9000", "0"));
          listeners.addAll(more);
          all.put("listeners", listeners);
        } else {
          all.putAll(map(block.text()));
        }
      }
    }
    // A provider, the file of a package, what is for the configuration of MAS, and what needs
    // packages of Python that this Synapse lacks.
    List.of("oidc_providers", "log_config", "passwords", "url_preview_enabled")
        .forEach(all::remove);
    return all;
  }

  private static Map<String, Object> map(String yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  void wayBack() throws Exception {
    Page troubleshooting = Page.guide("troubleshooting.md");
    run(Page.guide("way-back.md"), "enable --now dendrite", "dropdb synapse");
    run(troubleshooting, "dropdb synapse", "chown");
  }

  /**
   * Comes another way to a fresh database, that of containers; the check of Debian's page fits too.
   */
  void containers() throws Exception {
    Page docker = Page.guide("platforms/docker-compose.md");
    evening.dropSynapse();
    Files.createSymbolicLink(evening.file("config"), evening.file("/etc/dendrite"));
    Path volumes = evening.file("/var/lib/docker/volumes/dendrite_dendrite_media");
    Files.createDirectories(volumes);
    Files.createSymbolicLink(volumes.resolve("_data"), evening.file("/var/lib/dendrite/media"));
    run(docker, "volume ls", "d2s config", "createdb");
    Path homeserver = evening.file("synapse/homeserver.yaml");
    Files.writeString(
        homeserver,
        Files.readString(homeserver)
            .replace("host: localhost", "host: postgres")
            .replace("password: FILL IN", "password: " + Evening.PASSWORD));
    run(docker, "docker compose run");
    run(Page.guide("platforms/debian.md"), "conf.d");
    Files.writeString(
        evening.file(".pgpass"),
        text(docker, "the-password-of-synapse")
            .replace("127.0.0.1:5432:dendrite:dendrite", "*:*:*:" + evening.dendrite().user())
            .replace("the-password-of-dendrite", evening.dendrite().password())
            .replace("127.0.0.1:5432", "*:*")
            .replace("the-password-of-synapse", Evening.PASSWORD));
    assertThat(evening.file(".pgpass").toFile().setReadable(false, false)).isTrue();
    assertThat(evening.file(".pgpass").toFile().setReadable(true, true)).isTrue();
    assertThat(run(docker, "d2s migrate")).contains("Synapse's database is as it was.");
  }

  void delete() throws Exception {
    run(Page.guide("way-back.md"), "dropdb dendrite");
  }

  private String run(Page page, String... parts) throws IOException, InterruptedException {
    String output = "";
    for (String part : parts) {
      output = evening.run(page, page.shell(part));
    }
    return output;
  }

  private static String text(Page page, String part) {
    return page.blocks().stream()
        .filter(block -> !block.isShell() && block.text().contains(part))
        .findFirst()
        .orElseThrow()
        .text();
  }

  /** The same block for when it ends with another exit code than 0. */
  static Page.Block orNot(Page.Block block) {
    return new Page.Block(block.language(), block.text().strip() + " || true\n", block.line());
  }
}
