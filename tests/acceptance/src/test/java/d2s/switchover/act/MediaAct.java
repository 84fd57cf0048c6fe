package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.acceptance.server.MatrixClient.Download;
import d2s.switchover.client.Person;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;

/** Files of all sorts, of both servers, and thumbnails. */
public final class MediaAct implements Act {
  private static final String AUTHENTICATED = "/_matrix/client/v1/media";
  private static final String LEGACY = "/_matrix/media/v3";

  private World.Upload ofPeer;

  @Override
  public void before(World world) throws IOException {
    Person alice = world.person("alice");
    upload(world, alice, picture(world, 700, 500), "image/png", "holiday \u00e9t\u00e9.png", true);
    upload(world, alice, picture(world, 20, 30), "image/png", null, true);
    upload(world, alice, new byte[0], "application/octet-stream", "empty", false);
    byte[] broken = jpeg(world);
    upload(
        world,
        alice,
        java.util.Arrays.copyOf(broken, broken.length / 2),
        "image/jpeg",
        "broken.jpg",
        false);
    byte[] noise = new byte[50_000 + world.random().nextInt(50_000)];
    world.random().nextBytes(noise);
    upload(world, world.person("bob"), noise, "application/pdf", "a \"quoted\" name.pdf", false);
    upload(world, world.person("bob"), noise, "application/pdf", "the same again.pdf", false);
    upload(
        world,
        alice,
        world.word().getBytes(StandardCharsets.UTF_8),
        "text/plain",
        "text.txt",
        false);
    ofPeer =
        upload(
            world,
            world.peerPerson("pia"),
            picture(world, 400, 300),
            "image/png",
            "peer.png",
            true);
    for (World.Upload upload : world.uploads()) {
      assertLoads(alice, upload, LEGACY, "Dendrite");
    }
  }

  private static World.Upload upload(
      World world, Person person, byte[] content, String type, String name, boolean picture) {
    String mxc = person.client().upload(content, type, name).orFail().get("content_uri").asText();
    World.Upload upload = new World.Upload(mxc, content, picture);
    world.uploads().add(upload);
    return upload;
  }

  private static byte[] jpeg(World world) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(ImageIO.read(new ByteArrayInputStream(picture(world, 200, 100))), "jpeg", out);
    return out.toByteArray();
  }

  private static byte[] picture(World world, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(world.random().nextInt(0x1000000)));
      graphics.fillRect(
          world.random().nextInt(width), world.random().nextInt(height), width / 4, height / 4);
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  @Override
  public void after(World world) throws IOException {
    Person alice = world.person("alice");
    Person pia = world.peerPerson("pia");
    for (World.Upload upload : world.uploads()) {
      assertLoads(alice, upload, LEGACY, "the old endpoint");
      assertLoads(alice, upload, AUTHENTICATED, "the new endpoint");
      // A Synapse waits for ever for an empty file of any other Synapse.
      if (upload.content().length > 0) {
        assertLoads(pia, upload, AUTHENTICATED, "the peer");
      }
    }
    assertThat(ofPeer.mxc()).contains(world.peer().serverName());
    World.Upload fresh = upload(world, alice, picture(world, 64, 64), "image/png", "new.png", true);
    assertLoads(alice, fresh, AUTHENTICATED, "the new endpoint");
    assertLoads(pia, fresh, AUTHENTICATED, "the peer");
  }

  private static void assertLoads(
      Person person, World.Upload upload, String endpoint, String from) {
    List<String> path = List.of(upload.mxc().substring("mxc://".length()).split("/"));
    Download file =
        person.client().download(endpoint, List.of("download", path.get(0), path.get(1)));
    assertThat(file.status()).as("status of %s from %s", upload.mxc(), from).isEqualTo(200);
    assertThat(file.body())
        .as("content of %s from %s", upload.mxc(), from)
        .isEqualTo(upload.content());
    if (upload.picture()) {
      Download thumbnail =
          person
              .client()
              .download(
                  endpoint,
                  List.of("thumbnail", path.get(0), path.get(1)),
                  "width",
                  "32",
                  "height",
                  "32",
                  "method",
                  "crop");
      assertThat(thumbnail.status())
          .as("status of a thumbnail of %s from %s", upload.mxc(), from)
          .isEqualTo(200);
    }
  }
}
