package d2s.matrix.media;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Width and height of a picture in pixels. */
record PictureSize(int width, int height) {

  private static final int MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xffd8;
  private static final int START_OF_SCAN = 0xda;

  /**
   * What the header of a JPEG file says (ISO/IEC 10918-1, Annex B). The picture itself is not read.
   *
   * @return empty if this is no JPEG file or ends before its header does
   */
  static Optional<PictureSize> ofJpeg(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
    try {
      if (in.readUnsignedShort() != START_OF_IMAGE) {
        return Optional.empty();
      }
      while (in.readUnsignedByte() == MARKER) {
        int marker = in.readUnsignedByte();
        while (marker == MARKER) {
          marker = in.readUnsignedByte();
        }
        int length = in.readUnsignedShort();
        if (startsFrame(marker)) {
          in.readUnsignedByte(); // bits per sample
          int height = in.readUnsignedShort();
          int width = in.readUnsignedShort();
          return width > 0 && height > 0
              ? Optional.of(new PictureSize(width, height))
              : Optional.empty();
        }
        if (marker == START_OF_SCAN || length < 2) {
          return Optional.empty();
        }
        in.skipNBytes(length - 2);
      }
      return Optional.empty();
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  /** The sixteen kinds of frames, less three markers that mean something else. */
  private static boolean startsFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
