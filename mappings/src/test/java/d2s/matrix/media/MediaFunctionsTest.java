package d2s.matrix.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFunctionsTest {

  private static final String HASH = "ujyWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg";

  private final MediaFunctions media = new MediaFunctions();

  @Test
  void knowsWhereDendriteKeepsAFile() {
    assertThat(media.storedPath(HASH))
        .isEqualTo("u/j/yWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg/file");
    assertThat(media.hexadecimal(HASH))
        .isEqualTo("ba3c96166088c3fe77f28c9ed2d06f8114eee2c2c7af681edc82e52a9a873808");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "u",
        "../../../../etc/passwd",
        "ujyWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOA",
        "ujyWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg=",
        "ujyWFmCIw/538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg"
      })
  void whatIsNoHashHasNoPath(String text) {
    assertThat(media.isHash(text)).isFalse();
    assertThat(media.storedPath(text)).isNull();
    assertThat(media.hexadecimal(text)).isNull();
  }

  @Test
  void knowsWhereSynapseKeepsAFile() {
    assertThat(media.localPath("4af0a02721e6")).isEqualTo("local_content/4a/f0/a02721e6");
    assertThat(media.localThumbnailPath("4af0a02721e6", 115, 480, "scale"))
        .isEqualTo("local_thumbnails/4a/f0/a02721e6/115-480-image-jpeg-scale");
    assertThat(media.remotePath("p.test:31548", "ODGMtodxhiadmWbzBdQojvws"))
        .isEqualTo("remote_content/p.test:31548/tz/gn/eugspmjmptmxmoivonoi");
    assertThat(media.remoteThumbnailPath("[::1]:8448", "x", 32, 32, "crop"))
        .startsWith("remote_thumbnail/[::1]:8448/")
        .endsWith("/32-32-image-jpeg-crop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abcde", "abcd.x", "_-.[]:", "ujyWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg"})
  void synapseFindsThese(String id) {
    assertThat(media.isLocalId(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "abcd",
        "a=bcdefg",
        "abcde~x",
        "..abcde",
        "ab..cde",
        "abcd.",
        "abcd..",
        "ab/cdef",
        "äbcdef"
      })
  void synapseDoesNotFindThese(String id) {
    assertThat(media.isLocalId(id)).isFalse();
    assertThat(media.localPath(id)).isNull();
    assertThat(media.localThumbnailPath(id, 1, 1, "crop")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a b", "bücher.example"})
  void synapseHasNoFolderForThese(String origin) {
    assertThat(media.isOrigin(origin)).isFalse();
    assertThat(media.remotePath(origin, "abcdef")).isNull();
    assertThat(media.remoteThumbnailPath(origin, "abcdef", 1, 1, "crop")).isNull();
  }

  @Property(tries = 200)
  void filesOfOtherServersHaveNamesOfTheirOwn(
      @ForAll @UniqueElements String[] ids, @ForAll @NotEmpty String origin) {
    for (String id : ids) {
      assertThat(media.filesystemId(origin, id))
          .matches("[a-z]{24}")
          .isEqualTo(media.filesystemId(origin, id));
    }
    assertThat(Arrays.stream(ids).map(id -> media.filesystemId(origin, id)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "mein%20bild%20%C3%BC.png, mein bild ü.png",
    "a%2Fb%2F..%2Fc.svg, a/b/../c.svg",
    "a+b.txt, a+b.txt",
    "100%25.txt, 100%.txt",
    "100%2525.txt, 100%25.txt",
    "100%, 100%",
    "%4, %4",
    "%zz.txt, %zz.txt",
    "%00.txt, %00.txt",
    "%FF.txt, %FF.txt",
    "schön.txt, schön.txt"
  })
  void namesAreDecodedOnce(String escaped, String name) {
    assertThat(media.uploadName(escaped)).isEqualTo(name);
  }

  @Test
  void noNameIsNone() {
    assertThat(media.uploadName("")).isNull();
    assertThat(media.uploadName(null)).isNull();
  }

  @Property(tries = 500)
  void everyNameComesBack(@ForAll @NotEmpty String name) {
    // Java writes half a surrogate pair as a question mark, and no database holds U+0000.
    boolean encodable =
        StandardCharsets.UTF_8.newEncoder().canEncode(name) && name.indexOf('\0') < 0;
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    if (encodable) {
      assertThat(media.uploadName(escaped)).isEqualTo(name);
    }
  }
}
