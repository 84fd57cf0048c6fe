package d2s.matrix.verification.rooms;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.ResultSet;
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
      Merge.judge(
          context,
          "select a.alias as key, a.room_id, a.creator_id from roomserver_room_aliases a",
          "select a.room_alias as key, a.room_id, a.creator from room_aliases a",
          (alias, dendrite, synapse) -> wrong(dendrite, synapse, carried),
          findings);
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

  private static String wrong(ResultSet dendrite, ResultSet synapse, Carried carried)
      throws SQLException {
    if (dendrite == null) {
      return "Dendrite has no such alias";
    }
    String room = dendrite.getString("room_id");
    if (synapse == null) {
      // An alias may name a room that is gone.
      return carried.hasRoom(room) ? "this alias is missing" : null;
    }
    if (!room.equals(synapse.getString("room_id"))) {
      return "leads to another room";
    }
    return Objects.equals(
            emptyToNull(dendrite.getString("creator_id")), synapse.getString("creator"))
        ? null
        : "has another creator";
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
