package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsCommandTest {

  private static final String SET =
      """
      set: <small> & "quoted"
      description: A set with </main> in its words.
      source: { name: dendrite, marker_table: roomserver_events }
      target:
        name: synapse
        marker_table: schema_version
        version: select version from schema_version
        supported: '>=88 <=94'
      phases:
        one: The <only> phase.
      """;

  private static final String MAPPING =
      """
      mapping: %s
      phase: one
      description: A & B, <script>alert(1)</script>.
      from: { table: userapi_accounts, where: localpart < 'b' }
      label: [localpart]
      to:
        users:
          # because 1 < 2 & "so"
          name: localpart + '<b>"&'
          creation_ts: 'created_ts < 5 && created_ts > 3 ? 1 : 0'
      """;

  @TempDir private Path folder;

  private Path mappings(String name) throws IOException {
    Path mappings = Files.createDirectories(folder.resolve("mappings/1-one"));
    Files.writeString(mappings.resolveSibling("set.yaml"), SET);
    Files.writeString(mappings.resolve("only.yaml"), MAPPING.formatted(name));
    return mappings.getParent();
  }

  private static CommandLineRun docs(Path mappings, Path site) {
    return CommandLineRun.of("docs", "--mappings", mappings.toString(), "--site", site.toString());
  }

  @Test
  void whatStandsInFilesIsNoMarkup() throws IOException {
    Path site = folder.resolve("new/site");

    CommandLineRun run = docs(mappings("only"), site);

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("Open " + site.resolve("index.html"));
    String page = Files.readString(site.resolve("mappings/only.html"));
    assertThat(page)
        .contains("A &amp; B, &lt;script&gt;alert(1)&lt;/script&gt;.")
        .contains("localpart + '&lt;b&gt;&quot;&amp;'")
        .contains("created_ts &lt; 5 &amp;&amp; created_ts &gt; 3 ? 1 : 0")
        .contains("because 1 &lt; 2 &amp; &quot;so&quot;")
        .contains("localpart &lt; 'b'")
        .contains("1-one/only.yaml:9")
        .doesNotContain("<script>", "<b>");
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("<h1>&lt;small&gt; &amp; &quot;quoted&quot;</h1>")
        .contains("&lt;/main&gt; in its words");
  }

  @Test
  void aSiteTakesThePlaceOfAnEarlierOne() throws IOException {
    Path site = folder.resolve("site");
    assertThat(docs(mappings("first"), site).exitCode()).isZero();
    Path own = Files.writeString(site.resolve("notes.txt"), "mine");

    assertThat(docs(mappings("second"), site).exitCode()).isZero();

    assertThat(site.resolve("mappings/second.html")).exists();
    assertThat(site.resolve("mappings/first.html")).doesNotExist();
    assertThat(own).hasContent("mine");
  }

  @Test
  void aFolderWithSomethingElseIsLeftAlone() throws IOException {
    Path site = Files.createDirectories(folder.resolve("home"));
    Path own = Files.writeString(site.resolve("notes.txt"), "mine");

    CommandLineRun run = docs(mappings("only"), site);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--site", site.toString(), "give a new folder");
    assertThat(site).isDirectoryContaining(own::equals);
    assertThat(site.resolve("index.html")).doesNotExist();
    assertThat(docs(folder.resolve("mappings"), own).exitCode()).isEqualTo(2);
  }
}
