package d2s.matrix.media;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
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

  private static final int MEDIA_ID = 0;
  private static final int ORIGIN = 1;
  private static final int LOCAL = 2;
  private static final int HASH = 3;
  private static final int WIDTH = 4;
  private static final int HEIGHT = 5;
  private static final int METHOD = 6;
  private static final int SIZES = 7;

  private static final RowShape THUMBNAILS =
      RowShape.of(
          "thumbnails",
          "media_id",
          "media_origin",
          "local",
          "base64hash",
          "width",
          "height",
          "resize_method",
          "sizes");

  private static final RowShape CARRIED =
      RowShape.of(
          "carried",
          "media_id",
          "media_origin",
          "local",
          "width",
          "height",
          "method",
          "length",
          "stored_path");

  /** A file that a row knows, though nothing of it is carried over. */
  private static final RowShape LEFT_OUT = RowShape.of("left_out", "stored_path");

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
    Rows rows = group.rows(THUMBNAILS.name());
    while (rows.next()) {
      Row row =
          new Row(
              rows.text(MEDIA_ID),
              rows.text(ORIGIN),
              rows.flag(LOCAL),
              rows.text(HASH),
              rows.integer(WIDTH),
              rows.integer(HEIGHT),
              rows.text(METHOD),
              rows.integers(SIZES));
      boolean carried = false;
      try {
        carried = carry(row, seen, out);
      } catch (LeftOut e) {
        out.skip(row.what(), e.getMessage());
      }
      if (!carried && row.storedPath() != null) {
        out.emit(LEFT_OUT.name(), row.storedPath());
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
    out.emit(
        CARRIED.name(),
        row.mediaId(),
        row.origin(),
        row.local(),
        (long) size.width(),
        (long) size.height(),
        row.method(),
        row.sizes()[0],
        row.storedPath());
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
