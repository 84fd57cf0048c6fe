package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.MatrixClient.Download;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What is behind the links of uploaded files and their thumbnails: by the old links that need no
 * access token, and by the new ones that do.
 */
public final class MediaProbes extends Probes {
  private static final String LEGACY = "/_matrix/media/v3";
  private static final String AUTHENTICATED = "/_matrix/client/v1/media";

  public MediaProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    recorded.answers().of("media").keySet().forEach(this::askFile);
    askThumbnails();
  }

  /** Asks for thumbnails only. */
  public void askThumbnails() {
    recorded.answers().of("thumbnails").keySet().forEach(this::askThumbnail);
  }

  /** A key is {@code mxc://server/id|how}. */
  private void askFile(String key) {
    String[] parts = key.split("\\|", -1);
    List<String> path = path("download", parts[0]);
    if (parts[1].equals("named")) {
      path.add("other name.bin");
    }
    Download file = download(parts[1], path);
    if (!file.isOk()) {
      answers.put("media", key, refusal(file));
      return;
    }
    String hash = sha256(file.body());
    JsonNode before = recorded.answers().of("media").get(key);
    answers.put(
        "media",
        key,
        object()
            .put("sha256", hash)
            .put("size", file.body().length)
            .put("expected", hash.equals(before.path("sha256").asText()))
            .put("type", file.type())
            .put("disposition", file.disposition()));
  }

  /** A key is {@code mxc://server/id|width=w&height=h&method=m|how}. */
  private void askThumbnail(String key) {
    String[] parts = key.split("\\|", -1);
    Download file = download(parts[2], path("thumbnail", parts[0]), parts[1].split("[&=]"));
    answers.put(
        "thumbnails",
        key,
        file.isOk()
            ? object()
                .put("type", file.type())
                .put("dims", dimensions(file.body()))
                .put("sha256", sha256(file.body()))
            : refusal(file));
  }

  private static List<String> path(String what, String mxc) {
    List<String> path = new ArrayList<>(List.of(what));
    path.addAll(List.of(mxc.substring("mxc://".length()).split("/", 2)));
    return path;
  }

  private Download download(String how, List<String> path, String... query) {
    return how.equals("legacy")
        ? server.client(null).download(LEGACY, path, query)
        : anybody().download(AUTHENTICATED, path, query);
  }

  private MatrixClient anybody() {
    return clientOf(
        recorded.localPeople().stream()
            .filter(person -> person.device() != null)
            .map(Person::name)
            .findFirst()
            .orElseThrow());
  }

  private static ObjectNode refusal(Download file) {
    return object().put("__status", file.status());
  }

  /** Width and height of a picture that is there as a whole. */
  private static String dimensions(byte[] file) {
    try {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
      return picture == null ? "no picture" : picture.getWidth() + "x" + picture.getHeight();
    } catch (IOException e) {
      return "a broken picture";
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
