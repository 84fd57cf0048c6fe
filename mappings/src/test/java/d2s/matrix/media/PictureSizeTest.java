package d2s.matrix.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PictureSizeTest {

  private static Optional<PictureSize> read(byte[] file) throws IOException {
    return PictureSize.ofJpeg(new ByteArrayInputStream(file));
  }

  @Property(tries = 40)
  void readsWidthAndHeight(
      @ForAll @IntRange(min = 1, max = 700) int width,
      @ForAll @IntRange(min = 1, max = 700) int height,
      @ForAll boolean progressive)
      throws IOException {
    assertThat(read(Pictures.jpeg(width, height, progressive)))
        .contains(new PictureSize(width, height));
  }

  @Test
  void passesOverLargeSegmentsAndFillBytes() throws IOException {
    byte[] plain = Pictures.jpeg(3, 5);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 2);
    for (int i = 0; i < 3; i++) {
      file.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xe1, (byte) 0xff, (byte) 0xff});
      file.write(new byte[0xffff - 2]);
    }
    file.write(plain, 2, plain.length - 2);

    assertThat(read(file.toByteArray())).contains(new PictureSize(3, 5));
  }

  @Test
  void aFileThatEndsTooSoonHasNoSize() throws IOException {
    byte[] file = Pictures.jpeg(3, 5);
    int known = 0;
    for (int length = 0; length <= file.length; length++) {
      Optional<PictureSize> size = read(Arrays.copyOf(file, length));
      if (size.isPresent()) {
        known++;
        assertThat(size).contains(new PictureSize(3, 5));
      }
    }
    assertThat(known).isBetween(1, file.length - 20);
  }

  @Test
  void otherFilesHaveNoSize() throws IOException {
    assertThat(read("GIF89a".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(read(new byte[] {(byte) 0xff, (byte) 0xd8, 'x', 'y', 'z', 0})).isEmpty();
    // The scan starts before any frame.
    assertThat(read(new byte[] {-1, (byte) 0xd8, -1, (byte) 0xda, 0, 8, 1, 2, 3})).isEmpty();
    // A segment that is shorter than its own length.
    assertThat(read(new byte[] {-1, (byte) 0xd8, -1, (byte) 0xe0, 0, 1, -1, (byte) 0xc0}))
        .isEmpty();
  }
}
