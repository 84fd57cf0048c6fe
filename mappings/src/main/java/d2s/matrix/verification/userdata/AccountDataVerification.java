package d2s.matrix.verification.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Comparisons;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Merge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Account data of users and of their rooms, tags, and who ignores whom. Push rules, which Synapse
 * composes from tables, have a verification of their own.
 */
public final class AccountDataVerification extends Comparisons {

  private static final String SOURCE =
      """
      select '@' || d.localpart || ':' || d.server_name || ' ' || coalesce(d.room_id, '') as key, d.content
      from userapi_account_datas d join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
      """;

  @Override
  public String name() {
    return "account data";
  }

  @Override
  public String proves() {
    return "Every setting of a client is there as it was written.";
  }

  @Override
  public List<String> tables() {
    return List.of("account_data", "room_account_data", "room_tags", "ignored_users");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "account data",
            """
            select '@' || d.localpart || ':' || d.server_name || ' ' || coalesce(d.room_id, '') || ' ' || d.type
                     as key, d.content
            from userapi_account_datas d join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
            where d.type <> case when coalesce(d.room_id, '') = '' then 'm.push_rules' else 'm.tag' end
            """,
            """
            select user_id || '  ' || account_data_type as key, content from account_data
            union all
            select user_id || ' ' || room_id || ' ' || account_data_type, content from room_account_data
            """));
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    Merge.of(
        context,
        SOURCE + "where d.type = 'm.tag' and d.room_id <> ''",
        """
        select coalesce(v.key, t.key) as key, t.tags, t.contents, v.key is not null as revised
        from (select user_id || ' ' || room_id as key, array_agg(tag) as tags, array_agg(content) as contents
              from room_tags group by 1) t
        full join (select user_id || ' ' || room_id as key from room_tags_revisions) v on v.key = t.key
        """,
        (key, dendrite, synapse) -> {
          findings.looked();
          if (synapse == null && tagsInDendrite(dendrite).keySet().stream().anyMatch(TooLong::is)) {
            findings.noted(key, "has a tag that is too long for an index; its tags are left out");
          } else if (!tagsInDendrite(dendrite).equals(tagsInSynapse(synapse))) {
            findings.found(key, "has other tags than in Dendrite");
          } else if (synapse != null && !synapse.getBoolean("revised")) {
            findings.found(key, "has tags that clients would not be told of");
          }
        });
    Merge.of(
        context,
        SOURCE + "where d.type = 'm.ignored_user_list' and coalesce(d.room_id, '') = ''",
        """
        select ignorer_user_id || ' ' as key, array_agg(ignored_user_id) as ignored
        from ignored_users group by 1
        """,
        (key, dendrite, synapse) -> {
          findings.looked();
          Set<String> expected = members(dendrite, "ignored_users").keySet();
          expected.remove(key.strip());
          expected.removeIf(TooLong::is);
          Set<String> ignored =
              synapse == null ? Set.of() : new HashSet<>(Lists.texts(synapse, "ignored"));
          if (!expected.equals(ignored)) {
            findings.found(key.strip(), "ignores others than in Dendrite");
          }
        });
  }

  private static Map<String, Object> tagsInDendrite(ResultSet row) throws SQLException {
    return members(row, "tags");
  }

  private static Map<String, Object> tagsInSynapse(ResultSet row) throws SQLException {
    Map<String, Object> tags = new HashMap<>();
    if (row != null) {
      List<String> names = Lists.texts(row, "tags");
      List<String> contents = Lists.texts(row, "contents");
      for (int i = 0; i < names.size(); i++) {
        tags.put(names.get(i), EventJson.read(contents.get(i)));
      }
    }
    return tags;
  }

  /** The members of an object inside the content, by name; none if there is no such object. */
  private static Map<String, Object> members(ResultSet row, String name) throws SQLException {
    Map<String, Object> members = new HashMap<>();
    ObjectNode content = row == null ? null : EventJson.read(row.getString("content"));
    if (content != null) {
      content.path(name).properties().forEach(m -> members.put(m.getKey(), m.getValue()));
    }
    return members;
  }
}
