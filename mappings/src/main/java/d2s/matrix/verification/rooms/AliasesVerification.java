package d2s.matrix.verification.rooms;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** {@code room_aliases}, and the servers without which an alias leads nowhere. */
public final class AliasesVerification implements Verification {

  @Override
  public String name() {
    return "aliases";
  }

  @Override
  public String proves() {
    return "Every alias leads to its room.";
  }

  @Override
  public List<String> tables() {
    return List.of("room_aliases", "room_alias_servers");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    try (Carried carried = new Carried(context)) {
      Merge.of(
          context,
          "select a.alias as key, a.room_id, a.creator_id from roomserver_room_aliases a",
          "select a.room_alias as key, a.room_id, a.creator from room_aliases a",
          (alias, dendrite, synapse) -> {
            findings.looked();
            if (dendrite == null) {
              findings.found(alias, "Dendrite has no such alias");
            } else if (synapse == null) {
              // An alias may name a room that is gone.
              if (carried.hasRoom(dendrite.getString("room_id"))) {
                findings.found(alias, "this alias is missing");
              }
            } else if (!dendrite.getString("room_id").equals(synapse.getString("room_id"))) {
              findings.found(alias, "leads to another room");
            } else if (!Objects.equals(
                emptyToNull(dendrite.getString("creator_id")), synapse.getString("creator"))) {
              findings.found(alias, "has another creator");
            }
          });
    }
    Sql.findAll(
        context.target(),
        Sql.with(
            context,
            """
            select a.room_alias from room_aliases a
            where not exists (select 1 from room_alias_servers s
                              where s.room_alias = a.room_alias and s.server = :server_name)
            union all
            select s.room_alias from room_alias_servers s
            where not exists (select 1 from room_aliases a where a.room_alias = s.room_alias)
            """),
        "is an alias without this server, so that nobody would find it, or a server without alias",
        findings);
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
