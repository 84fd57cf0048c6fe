package d2s.matrix.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever an id, a server or a hash is, its file is none or stays below the folder of the media.
 */
class MediaPathPropertyTest {

  private static final Path FOLDER = Path.of("/media");

  private final MediaFunctions media = new MediaFunctions();

  @Property
  void aPathNeverLeavesItsFolder(@ForAll("names") String name, @ForAll("names") String origin) {
    if (media.isHash(name)) {
      assertStaysInside(media.storedPath(name));
    }
    if (media.isLocalId(name)) {
      assertStaysInside(media.localPath(name));
      assertStaysInside(media.localThumbnailPath(name, 96, 96, "crop"));
    }
    if (media.isOrigin(origin)) {
      assertStaysInside(media.remotePath(origin, name));
      assertStaysInside(media.remoteThumbnailPath(origin, name, 96, 96, "scale"));
    }
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> hostile =
        Arbitraries.of(
                "..", ".", "/", "../", "a", "bcde", "%2e", "\\", "\0", "[::1]", "x.org", ":80")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(60));
  }

  private static void assertStaysInside(String path) {
    if (path == null) {
      return;
    }
    Path file = FOLDER.resolve(path);
    assertThat(path).doesNotContain("\0");
    assertThat(Path.of(path).isAbsolute()).isFalse();
    assertThat(file.normalize()).isEqualTo(file).startsWithRaw(FOLDER);
  }
}
