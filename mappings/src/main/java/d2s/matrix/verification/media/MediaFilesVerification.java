package d2s.matrix.verification.media;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The files behind media rows: that each is where Synapse looks for it, with the size that it would
 * announce and with the content that Dendrite hashed. Without the folder {@code media} there is
 * nothing to look at. With the folder {@code dendrite media} a file that Dendrite does not have
 * either is a note.
 */
public final class MediaFilesVerification implements Verification {

  private static final int BUFFER = 1 << 16;

  /** How the file of every JPEG picture begins. */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  @Override
  public String name() {
    return "media files";
  }

  @Override
  public String proves() {
    return "Every media file is where its row says with the content that Dendrite had.";
  }

  @Override
  public List<String> tables() {
    return List.of("local_media_repository", "remote_media_cache");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Optional<Path> folder = context.folder("media");
    if (folder.isPresent()) {
      compareOriginals(folder.get(), context, findings);
      compareThumbnails(folder.get(), context, findings);
      if (context.folder("dendrite media").isPresent()) {
        lookForThumbnails(context.folder("dendrite media").get(), context, findings);
      }
    }
  }

  private static void compareOriginals(Path folder, VerificationContext context, Findings findings)
      throws SQLException {
    Optional<Path> dendriteFolder = context.folder("dendrite media");
    Merge.of(
        context,
        """
        select m.media_origin || '/' || m.media_id as key, m.base64hash
        from mediaapi_media_repository m
        """,
        """
        select :server_name || '/' || media_id as key, null as origin, media_id as id, media_length as length
        from local_media_repository where url_cache is null
        union all
        select media_origin || '/' || media_id, media_origin, filesystem_id, media_length
        from remote_media_cache
        """,
        (key, dendrite, synapse) -> {
          if (dendrite != null && synapse != null) {
            findings.looked();
            String origin = synapse.getString("origin");
            Optional<Path> file =
                origin == null
                    ? MediaPaths.local(synapse.getString("id"))
                    : MediaPaths.remote(origin, synapse.getString("id"));
            String hash = dendrite.getString("base64hash");
            String wrong = finding(file.map(folder::resolve), synapse, hash);
            if (wrong == null) {
              return;
            }
            long length = synapse.getLong("length");
            if (dendriteFolder.isPresent()
                && !isWhole(stored(dendriteFolder.get(), hash), length, hash)) {
              findings.noted(key, "is lost: Dendrite's own file is missing or damaged");
            } else {
              findings.found(key, wrong);
            }
          }
        });
  }

  private static String finding(Optional<Path> file, ResultSet synapse, String hash)
      throws SQLException {
    if (file.isEmpty()) {
      return "has an id that Synapse could not address";
    }
    if (!Files.isRegularFile(file.get())) {
      return "its file is missing";
    }
    try {
      if (Files.size(file.get()) != synapse.getLong("length")) {
        return "its file has another size than its row says";
      }
      return sha256(file.get()).equals(hash) ? null : "its file has another content";
    } catch (IOException e) {
      return "its file cannot be read";
    }
  }

  /** A file has the name of its content; the first two letters are folders. */
  private static Path stored(Path folder, String hash) {
    return folder
        .resolve(hash.substring(0, 1))
        .resolve(hash.substring(1, 2))
        .resolve(hash.substring(2))
        .resolve("file");
  }

  private static boolean isWhole(Path file, long length, String hash) {
    try {
      return Files.isRegularFile(file) && Files.size(file) == length && sha256(file).equals(hash);
    } catch (IOException e) {
      return false;
    }
  }

  private static void compareThumbnails(Path folder, VerificationContext context, Findings findings)
      throws SQLException {
    Sql.each(
        context.target(),
        """
        select null as origin, media_id as id, media_id as file_id, thumbnail_width, thumbnail_height,
               thumbnail_type, thumbnail_method, thumbnail_length
        from local_media_repository_thumbnails
        union all
        select media_origin, media_id, filesystem_id, thumbnail_width, thumbnail_height,
               thumbnail_type, thumbnail_method, thumbnail_length
        from remote_media_cache_thumbnails
        """,
        row -> {
          findings.looked();
          Optional<Path> file = MediaPaths.thumbnail(row);
          if (file.isEmpty()
              || !hasLength(folder.resolve(file.get()), row.getLong("thumbnail_length"))) {
            findings.found(
                row.getString("id")
                    + " "
                    + row.getInt("thumbnail_width")
                    + "x"
                    + row.getInt("thumbnail_height")
                    + " "
                    + row.getString("thumbnail_method"),
                "its thumbnail is missing or has another size than its row says");
          }
        });
  }

  /**
   * Every thumbnail of Dendrite whose file is whole has a row. Dendrite names the size that was
   * asked for; a picture that only has to fit into it can be smaller, so rows of the same length
   * are taken for the same.
   */
  private static void lookForThumbnails(
      Path dendriteFolder, VerificationContext context, Findings findings) throws SQLException {
    Merge.of(
        context,
        """
        with boxes as (
          select base64hash, array_agg(name) as names, array_agg(length) as lengths
          from (
            select distinct m.base64hash, t.width || 'x' || t.height || '-' || t.resize_method as name,
                   t.file_size_bytes as length
            from mediaapi_thumbnail t
            join mediaapi_media_repository m on m.media_id = t.media_id and m.media_origin = t.media_origin
            where m.base64hash ~ '^[A-Za-z0-9_-]{43}$' and t.resize_method in ('crop', 'scale')
          ) box
          group by base64hash
        )
        select m.media_origin || '/' || m.media_id as key, m.base64hash, b.names, b.lengths
        from mediaapi_media_repository m join boxes b on b.base64hash = m.base64hash
        """,
        """
        select :server_name || '/' || m.media_id as key, array_agg(t.thumbnail_length || ' ' || t.thumbnail_method) as thumbnails
        from local_media_repository m left join local_media_repository_thumbnails t using (media_id)
        group by m.media_id
        union all
        select m.media_origin || '/' || m.media_id, array_agg(t.thumbnail_length || ' ' || t.thumbnail_method)
        from remote_media_cache m left join remote_media_cache_thumbnails t using (media_origin, media_id)
        group by m.media_origin, m.media_id
        """,
        (key, dendrite, synapse) -> {
          if (dendrite == null || synapse == null) {
            return;
          }
          List<String> names = Lists.texts(dendrite, "names");
          long[] lengths = Lists.integers(dendrite, "lengths");
          List<String> there = Lists.texts(synapse, "thumbnails");
          Path stored = stored(dendriteFolder, dendrite.getString("base64hash"));
          for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String method = name.substring(name.indexOf('-') + 1);
            Path file = stored.resolveSibling("thumbnail-" + name);
            if (!there.contains(lengths[i] + " " + method)
                && hasLength(file, lengths[i])
                && isJpeg(file)) {
              findings.found(key + " " + name, "this thumbnail is missing");
            }
          }
        });
  }

  private static boolean isJpeg(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(JPEG.length), JPEG);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasLength(Path file, long length) {
    try {
      return Files.isRegularFile(file) && Files.size(file) == length;
    } catch (IOException e) {
      return false;
    }
  }

  /** Unpadded and URL-safe, as Dendrite writes it. */
  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[BUFFER];
      while (digest.read(buffer) >= 0) {
        // The stream computes while it is read.
        continue;
      }
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
