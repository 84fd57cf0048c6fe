package d2s.matrix.verification.server;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** {@code server_signature_keys}: with them old events of servers that are gone can be checked. */
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
    return List.of("server_signature_keys");
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
}
