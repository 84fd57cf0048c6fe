package d2s.generator.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that the generator brings along. */
public final class Resource {
  private Resource() {}

  public static String text(String name) {
    try (InputStream in = Resource.class.getResourceAsStream("/generator/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
