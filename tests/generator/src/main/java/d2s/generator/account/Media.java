package d2s.generator.account;

import d2s.generator.event.World;
import d2s.generator.random.Chance;
import d2s.generator.random.Size;

/** Rows of uploaded files and their thumbnails, in the proportions of a real server. */
public final class Media {
  private static final long LARGEST = 3_000_000;
  private static final int[][] BOXES = {{32, 32}, {96, 96}, {640, 480}};

  private Media() {}

  public static int count(Size size) {
    return (int) Math.max(10, size.events() / 20);
  }

  /** Size of a file in bytes. */
  public static long bytes(int number) {
    return 1000 + (number * 7919L) % LARGEST;
  }

  public static void write(World world) {
    Chance chance = world.chance;
    int count = count(world.size);
    long step = (World.END - World.START) / count;
    for (int i = 0; i < count; i++) {
      boolean picture = i % 3 != 0;
      String id = chance.hex("media", i);
      long time = World.START + i * step;
      world
          .tables
          .of("mediaapi_media_repository")
          .row(
              id,
              World.SERVER_NAME,
              picture ? "image/png" : "text/plain",
              bytes(i),
              time,
              picture ? "picture%20" + i + ".png" : "file" + i + ".txt",
              chance.token("file", i),
              world.anybody().id);
      for (int box = 0; picture && box < BOXES.length - i % 2; box++) {
        world
            .tables
            .of("mediaapi_thumbnail")
            .row(
                id,
                World.SERVER_NAME,
                "image/jpeg",
                500L + (i * 31L) % 20_000,
                time + 900,
                BOXES[box][0],
                BOXES[box][1],
                BOXES[box][0] == 640 ? "scale" : "crop");
      }
    }
  }
}
