package d2s.matrix.media;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how large thumbnails really are.
 *
 * <p>Dendrite stores the box that a thumbnail was asked for; a {@code scale} thumbnail only fits
 * into it. Synapse chooses thumbnails by their real size and has it in the names of their files.
 * The files themselves say it, in their JPEG header, so this hook reads them where the fact {@code
 * media_path} says that they are. Without it only {@code crop} thumbnails are carried over, which
 * fill their box exactly.
 *
 * <p>One group is one medium. Two boxes can give the same size, and the same thumbnail; the first
 * one counts.
 */
public final class Thumbnails implements Hook {

  private static final RowShape THUMBNAILS = RowShape.of("thumbnails");
  private static final TextColumn MEDIA_ID = THUMBNAILS.text("media_id");
  private static final TextColumn ORIGIN = THUMBNAILS.text("media_origin");
  private static final FlagColumn LOCAL = THUMBNAILS.flag("local");
  private static final TextColumn HASH = THUMBNAILS.text("base64hash");
  private static final IntegerColumn WIDTH = THUMBNAILS.integer("width");
  private static final IntegerColumn HEIGHT = THUMBNAILS.integer("height");
  private static final TextColumn METHOD = THUMBNAILS.text("resize_method");
  private static final IntegersColumn SIZES = THUMBNAILS.integers("sizes");

  private static final RowShape CARRIED = RowShape.of("carried");
  private static final TextColumn CARRIED_ID = CARRIED.text("media_id");
  private static final TextColumn CARRIED_ORIGIN = CARRIED.text("media_origin");
  private static final FlagColumn CARRIED_LOCAL = CARRIED.flag("local");
  private static final IntegerColumn CARRIED_WIDTH = CARRIED.integer("width");
  private static final IntegerColumn CARRIED_HEIGHT = CARRIED.integer("height");
  private static final TextColumn CARRIED_METHOD = CARRIED.text("method");
  private static final IntegerColumn CARRIED_LENGTH = CARRIED.integer("length");
  private static final TextColumn CARRIED_PATH = CARRIED.text("stored_path");

  /** A file that a row knows, though nothing of it is carried over. */
  private static final RowShape LEFT_OUT = RowShape.of("left_out");

  private static final TextColumn LEFT_OUT_PATH = LEFT_OUT.text("stored_path");

  private Path folder;

  /** One row of Dendrite's table. */
  private record Row(
      String mediaId,
      String origin,
      boolean local,
      String hash,
      long width,
      long height,
      String method,
      long[] sizes) {

    String storedPath() {
      return StoredPath.ofThumbnail(hash, width, height, method);
    }

    String what() {
      return origin + "/" + mediaId + " " + width + "x" + height + " " + method;
    }
  }

  /** Why a thumbnail is left out. */
  private static final class LeftOut extends Exception {

    private static final long serialVersionUID = 1;

    LeftOut(String reason) {
      super(reason, null, false, false);
    }
  }

  @Override
  public String description() {
    return "Finds out how large thumbnails really are. Dendrite stores the size that was asked for;"
        + " the real one stands in the file. Without the folder of the files only cropped thumbnails"
        + " are carried over, which have the size that was asked for.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(THUMBNAILS);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(CARRIED, LEFT_OUT);
  }

  @Override
  public void start(Map<String, Object> facts) {
    folder = facts.get("media_path") instanceof String path ? Path.of(path) : null;
  }

  @Override
  public void group(Group group, Emitter out) {
    Set<String> seen = new HashSet<>();
    Rows rows = group.rows(THUMBNAILS);
    while (rows.next()) {
      Row row =
          new Row(
              rows.get(MEDIA_ID),
              rows.get(ORIGIN),
              rows.get(LOCAL),
              rows.get(HASH),
              rows.get(WIDTH),
              rows.get(HEIGHT),
              rows.get(METHOD),
              rows.get(SIZES));
      boolean carried = false;
      try {
        carried = carry(row, seen, out);
      } catch (LeftOut e) {
        out.skip(row.what(), e.getMessage());
      }
      if (!carried && row.storedPath() != null) {
        out.row(LEFT_OUT).set(LEFT_OUT_PATH, row.storedPath()).emit();
      }
    }
  }

  private boolean carry(Row row, Set<String> seen, Emitter out) throws LeftOut {
    if (row.hash() == null) {
      throw new LeftOut("it is a thumbnail of nothing: there is no such medium");
    }
    if (row.storedPath() == null) {
      throw new LeftOut("Dendrite itself cannot find it: neither crop nor scale, or no SHA-256");
    }
    if (row.local() ? !ServedPath.isId(row.mediaId()) : !ServedPath.isPart(row.origin())) {
      throw new LeftOut("Synapse cannot have a path with this id");
    }
    PictureSize size = folder == null ? assumedSize(row) : realSize(row);
    if (!seen.add(ServedPath.thumbnailName(size.width(), size.height(), row.method()))) {
      return false;
    }
    out.row(CARRIED)
        .set(CARRIED_ID, row.mediaId())
        .set(CARRIED_ORIGIN, row.origin())
        .set(CARRIED_LOCAL, row.local())
        .set(CARRIED_WIDTH, size.width())
        .set(CARRIED_HEIGHT, size.height())
        .set(CARRIED_METHOD, row.method())
        .set(CARRIED_LENGTH, row.sizes()[0])
        .set(CARRIED_PATH, row.storedPath())
        .emit();
    return true;
  }

  private static PictureSize assumedSize(Row row) throws LeftOut {
    if (row.method().equals("scale")) {
      throw new LeftOut(
          "only the file says how large it is, and where the files are was not said"
              + " (--dendrite-media-path). With dynamic_thumbnails: true Synapse makes a new one");
    }
    if (row.sizes().length > 1 || row.sizes()[0] < 0 || row.sizes()[0] > Integer.MAX_VALUE) {
      throw new LeftOut(
          "its rows do not say how long the file is, and where the files are was not said"
              + " (--dendrite-media-path). With dynamic_thumbnails: true Synapse makes a new one");
    }
    return new PictureSize((int) row.width(), (int) row.height());
  }

  /** Reads the file; on return {@code row.sizes()[0]} is its length. */
  private PictureSize realSize(Row row) throws LeftOut {
    Path file = folder.resolve(row.storedPath());
    try (InputStream in = Files.newInputStream(file)) {
      long length = Files.size(file);
      if (Arrays.stream(row.sizes()).noneMatch(size -> size == length)) {
        throw new LeftOut(
            "its file has another length than its row says, so Dendrite did not serve it either."
                + " With dynamic_thumbnails: true Synapse makes a new one");
      }
      row.sizes()[0] = length;
      Optional<PictureSize> size = PictureSize.ofJpeg(in);
      return size.orElseThrow(
          () ->
              new LeftOut(
                  "its file is no JPEG picture. With dynamic_thumbnails: true Synapse makes a new"
                      + " one"));
    } catch (NoSuchFileException e) {
      throw new LeftOut(
          "its file is missing. With dynamic_thumbnails: true Synapse makes a new one");
    } catch (IOException e) {
      throw new LeftOut("its file cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
