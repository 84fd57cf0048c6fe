package d2s.matrix.verification.server;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Comparisons;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code server_signature_keys} and {@code server_keys_json}: with them old events of servers that
 * are gone can be checked.
 */
public final class ServerKeysVerification extends Comparisons {

  @Override
  public String name() {
    return "server keys";
  }

  @Override
  public String proves() {
    return "Every signing key of another server is known.";
  }

  @Override
  public List<String> tables() {
    return List.of("server_signature_keys", "server_keys_json");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "key of a server",
            """
            select server_name || ' ' || server_key_id as key,
                   encode(decode(translate(rtrim(server_key, '='), '-_', '+/') || '=', 'base64'), 'hex') as verify_key,
                   case when valid_until_ts > 0 then valid_until_ts else expired_ts end as ts_valid_until_ms
            from keydb_server_keys
            where server_key_id like 'ed25519:%' and rtrim(server_key, '=') ~ '^[A-Za-z0-9+/_-]{43}$'
            """,
            """
            select server_name || ' ' || key_id as key, encode(verify_key, 'hex') as verify_key,
                   ts_valid_until_ms
            from server_signature_keys
            """));
  }

  /** Synapse looks for keys in the answers that published them. */
  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    Sql.findAll(
        context.target(),
        """
        select coalesce(k.server_name || ' ' || k.key_id, a.server_name || ' ' || a.key_id)
        from server_signature_keys k
        full join server_keys_json a on a.server_name = k.server_name and a.key_id = k.key_id
        where k.key_id is null or a.key_id is null or a.from_server <> k.server_name
          or a.ts_valid_until_ms is distinct from k.ts_valid_until_ms
          or translate(encode(a.key_json, 'escape'), '-_', '+/') not like '{%"' || rtrim(encode(k.verify_key, 'base64'), '=') || '"%}'
        """,
        "is a key without the answer of a server that published it, or the reverse",
        findings);
  }
}
