package d2s.matrix.verification.media;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code local_media_repository} and {@code remote_media_cache}. */
public final class MediaRowsVerification implements Verification {

  @Override
  public String name() {
    return "media";
  }

  @Override
  public String proves() {
    return "Every uploaded and every cached file has its row.";
  }

  @Override
  public List<String> tables() {
    return List.of("local_media_repository", "remote_media_cache");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    // Synapse has the column since schema version 91.
    boolean hashed = Sql.has(context.target(), "local_media_repository.sha256");
    Merge.judge(
        context,
        """
        select m.media_origin || '/' || m.media_id as key, m.media_id, m.media_origin as origin,
               m.media_origin = :server_name as local,
               m.file_size_bytes, m.creation_ts, m.user_id, m.content_type,
               case when m.upload_name ~ '^[A-Za-z0-9 ._-]+$' then m.upload_name end as plain_name,
               case when m.base64hash ~ '^[A-Za-z0-9_-]{43}$'
                    then encode(decode(translate(m.base64hash, '-_', '+/') || '=', 'base64'), 'hex') end as sha256
        from mediaapi_media_repository m
        """,
        """
        select :server_name || '/' || media_id as key, media_length, created_ts, user_id, media_type, upload_name, %1$s as sha256
        from local_media_repository where url_cache is null
        union all
        select media_origin || '/' || media_id, media_length, created_ts, null, media_type, upload_name, %1$s
        from remote_media_cache
        """
            .formatted(hashed ? "sha256" : "null"),
        (key, dendrite, synapse) -> {
          String damage = dendrite != null && synapse == null ? damage(dendrite) : null;
          if (damage != null) {
            findings.noted(key, damage);
            return null;
          }
          return dendrite == null ? "Dendrite has no such media" : finding(dendrite, synapse);
        },
        findings);
    Sql.findAll(
        context.target(),
        """
        select t.media_id from local_media_repository_thumbnails t
        where not exists (select 1 from local_media_repository m where m.media_id = t.media_id)
        union all
        select t.media_origin || '/' || t.media_id from remote_media_cache_thumbnails t
        where not exists (select 1 from remote_media_cache m
                          where m.media_origin = t.media_origin and m.media_id = t.media_id)
        """,
        "is a thumbnail of media that are not there",
        findings);
  }

  /** Why Synapse cannot have it; null if it should. */
  private static String damage(ResultSet dendrite) throws SQLException {
    Optional<?> path =
        dendrite.getBoolean("local")
            ? MediaPaths.local(dendrite.getString("media_id"))
            : MediaPaths.remote(dendrite.getString("origin"), "abcde");
    if (path.isEmpty()) {
      return "is left out: Synapse could not find a file of this name";
    }
    if (dendrite.getString("sha256") == null) {
      return "is left out: its SHA-256 is none, and Dendrite itself could not find it";
    }
    long size = dendrite.getLong("file_size_bytes");
    return size < 0 || size > Integer.MAX_VALUE
        ? "is left out: Synapse cannot have a file of this size"
        : null;
  }

  private static String finding(ResultSet dendrite, ResultSet synapse) throws SQLException {
    boolean local = dendrite.getBoolean("local");
    if (synapse == null) {
      return "is missing";
    }
    if (dendrite.getLong("file_size_bytes") != synapse.getLong("media_length")) {
      return "has another length than in Dendrite";
    }
    if (dendrite.getLong("creation_ts") != synapse.getLong("created_ts")) {
      return "has another time of creation than in Dendrite";
    }
    if (!Objects.equals(dendrite.getString("content_type"), synapse.getString("media_type"))) {
      return "is of another kind than in Dendrite";
    }
    String name = dendrite.getString("plain_name");
    if (name != null && !name.equals(synapse.getString("upload_name"))) {
      return "has another name than in Dendrite";
    }
    String user = dendrite.getString("user_id");
    if (local && !Objects.equals("".equals(user) ? null : user, synapse.getString("user_id"))) {
      return "belongs to another user than in Dendrite";
    }
    String sha256 = synapse.getString("sha256");
    return sha256 == null || sha256.equals(dendrite.getString("sha256"))
        ? null
        : "has another hash than in Dendrite";
  }
}
