package d2s.engine.loader;

import static d2s.engine.shop.MappingFiles.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition.Use;
import d2s.engine.mapping.Store;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.Text;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlockTest {

  private static final String SET =
      """
      set: shop
      source: { name: old, marker_table: things }
      target: { name: new, marker_table: version, version: select v from version }
      phases: { all: Everything. }
      stores:
        pictures:
          description: Pictures of things.
          ignore: [tmp, a/b]
          bytes: select sum(size) from things
      preconditions:
        - { source: select 1, message: No., applies_to: [load, check, files] }
      """;

  @TempDir private Path directory;
  private MappingFiles files;

  @BeforeEach
  void writeSet() {
    files = new MappingFiles(directory).with("set.yaml", SET);
  }

  private void write(String block) {
    files.with(
        "things.yaml",
        "mapping: things\nphase: all\ndescription: Things.\nfrom: { table: things }\n" + block);
  }

  @Test
  void readsStoresAndFiles() {
    write(
        """
        files:
          pictures:
            - { when: id > 3, from: old_path, to: new_path, size: size, sha256: hash }
            - from: other_path
        """);

    MappingSet set = files.load();

    Store store = set.stores().get(0);
    assertThat(store.name()).hasToString("pictures");
    assertThat(store.ignore()).map(Text::value).containsExactly("tmp", "a/b");
    assertThat(store.bytes()).hasToString("select sum(size) from things");
    assertThat(set.preconditions().get(0).appliesTo())
        .containsExactly(Use.LOAD, Use.CHECK, Use.FILES);
    FileBlock first = set.mappings().get(0).files().get(0);
    assertThat(first.when().text()).isEqualTo("id > 3");
    assertThat(first.from().text()).isEqualTo("old_path");
    assertThat(first.to().text()).isEqualTo("new_path");
    assertThat(first.size().text()).isEqualTo("size");
    assertThat(first.sha256().text()).isEqualTo("hash");
    FileBlock second = set.mappings().get(0).files().get(1);
    assertThat(second.to()).isNull();
    assertThat(second.size()).isNull();
  }

  @Test
  void namesAnUnknownStoreAndOffersTheLikelyOne() {
    write("files: { " + HERE + "picture: { from: a } }\n");

    assertThat(files.problems()).hasSize(1);
    assertThat(files.problems().get(0).at()).hasToString(files.marks().get(0));
    assertThat(files.problems().get(0).message())
        .isEqualTo("no store picture in set.yaml; did you mean pictures?");
  }

  @Test
  void needsToKnowWhereAFileLies() {
    write("files: { pictures: " + HERE + "{ to: a } }\n");

    assertThat(files.problems().get(0).at()).hasToString(files.marks().get(0));
    assertThat(files.problems().get(0).message()).isEqualTo("the key from is missing");
  }

  @Test
  void hasNoGateBecauseFilesAreCopiedWithoutATarget() {
    write("files: { pictures: { from: a, " + HERE + "new: '>=3' } }\n");

    assertThat(files.problems().get(0).at()).hasToString(files.marks().get(0));
    assertThat(files.problems().get(0).message()).contains("unknown key new");
  }
}
