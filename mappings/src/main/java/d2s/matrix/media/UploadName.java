package d2s.matrix.media;

import d2s.engine.function.TextFunctions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The names that people gave their files, which Dendrite keeps percent-encoded. */
final class UploadName {

  private UploadName() {}

  /**
   * The name itself, as Dendrite tells it to clients: percent-decoded once, '+' meaning itself.
   * What is not properly encoded, or is encoded and cannot be stored, is taken literally.
   *
   * @return null for the empty name
   */
  static String of(String escaped) {
    if (escaped == null || escaped.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = escaped.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      if (i + 2 >= encoded.length) {
        return escaped;
      }
      int high = Character.digit(encoded[i + 1], 16);
      int low = Character.digit(encoded[i + 2], 16);
      if (high < 0 || low < 0) {
        return escaped;
      }
      bytes.write(16 * high + low);
      i += 2;
    }
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return TextFunctions.isStorable(name) ? name : escaped;
    } catch (CharacterCodingException e) {
      return escaped;
    }
  }
}
