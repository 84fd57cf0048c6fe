package d2s.matrix.verification.encryption;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.UserIds;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who vouches for which key. Every signature in Synapse's database must be true by the key that
 * made it; every one in Dendrite's that is true must be there, where Synapse looks for it: what a
 * master key signs of its own user stands inside the signed key, else nobody else would see it.
 */
public final class SignaturesVerification implements Verification {

  private static final List<String> USES = List.of("master", "self_signing", "user_signing");

  /** They are left out and named. */
  private static final String KEYS_OF_NOBODY =
      """
      select distinct k.user_id from keyserver_cross_signing_keys k
      where not exists (
        select 1 from userapi_accounts a
        where a.localpart <> '' and position(':' in a.localpart) = 0
          and '@' || a.localpart || ':' || a.server_name = k.user_id)
      """;

  @Override
  public String name() {
    return "signatures";
  }

  @Override
  public String proves() {
    return "Every signature of a key is true and stands where Synapse looks for it.";
  }

  @Override
  public List<String> tables() {
    return List.of(
        "e2e_cross_signing_keys", "e2e_cross_signing_signatures", "e2e_device_keys_json");
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    String local = ":" + context.fact("server_name");
    CheckedSignatures checked = new CheckedSignatures();
    try (ByKey users = new ByKey("user_id");
        KeyReading reading = new KeyReading(context)) {
      KeyReading.addTo(users, context);
      users.with("keys of nobody", context.source(), KEYS_OF_NOBODY);
      for (String id = users.next(null); id != null; id = users.next(id)) {
        SignedKeys dendrite = KeyReading.fromDendrite(id, users);
        SignedKeys synapse = KeyReading.fromSynapse(id, users);
        AtomicBoolean nobody = new AtomicBoolean();
        users.read(id, "keys of nobody", row -> nobody.set(true));
        if (nobody.get() && UserIds.isOf(id, local)) {
          findings.noted(id, "has cross-signing keys, but no account");
        } else {
          new User(id, local, dendrite, synapse, reading, checked, findings).check();
        }
      }
    }
    reserved(context, findings);
  }

  /** The name of each cross-signing key is taken by a hidden device. */
  private static void reserved(VerificationContext context, Findings findings) throws SQLException {
    Sql.findAll(
        context.target(),
        """
        select user_id || ' ' || key_id from e2e_cross_signing_signatures
        where key_id not like 'ed25519:_%'
        """,
        "signs with a key whose algorithm is not said",
        findings);
    Sql.findAll(
        context.target(),
        Sql.with(
            context,
            """
            select k.user_id || ' ' || k.keytype from e2e_cross_signing_keys k
            where k.user_id in (select name from users)
              and not exists (
                select 1 from devices d
                where d.user_id = k.user_id and d.hidden and d.display_name = k.keytype || ' signing key'
                  and k.keydata like '%"ed25519:' || d.device_id || '"%')
            """),
        "is a cross-signing key whose name a device could take",
        findings);
  }

  /** The keys of one user. */
  private record User(
      String id,
      String local,
      SignedKeys dendrite,
      SignedKeys synapse,
      KeyReading reading,
      CheckedSignatures checked,
      Findings findings) {

    void check() throws SQLException {
      for (SignedKeys.Mark mark : synapse.marks().keySet()) {
        checkTrue(mark);
      }
      if (UserIds.isOf(id, local) && dendrite.isAmbiguous()) {
        findings.noted(
            id, "has two cross-signing keys for one use: nobody can tell which is right");
      } else if (UserIds.isOf(id, local)) {
        checkKeys();
        for (SignedKeys.Mark mark : dendrite.marks().keySet()) {
          checkCarried(mark);
        }
      }
    }

    /** Whether the device says so itself, in what its client uploaded, and the key is gone. */
    private boolean isLostInDendrite(SignedKeys.Mark mark) throws SQLException {
      SignedKeys keys = UserIds.isOf(id, local) ? dendrite : reading.ofOtherServersFromDendrite(id);
      SignedKeys signers =
          mark.signerUser().equals(id) ? keys : reading.signerFromDendrite(mark.signerUser());
      boolean has = keys.marks().containsKey(mark) || dendrite.marks().containsKey(mark);
      return has && (signers.isAmbiguous() || keys.verify(mark, signers, checked).isEmpty());
    }

    private void checkTrue(SignedKeys.Mark mark) throws SQLException {
      findings.looked();
      SignedKeys signers =
          mark.signerUser().equals(id) ? synapse : reading.signerFromSynapse(mark.signerUser());
      Optional<Boolean> verified = synapse.verify(mark, signers, checked);
      if (verified.isEmpty() && isLostInDendrite(mark)) {
        findings.noted(words(mark), "is by or of a key that Dendrite has lost");
      } else if (verified.isEmpty()) {
        findings.found(words(mark), "is a signature by or of a key that is not there");
      } else if (!verified.get()) {
        findings.found(words(mark), "is a signature that is not true");
      }
    }

    private void checkKeys() {
      for (String usage : USES) {
        String key = dendrite.crossSigningKey(usage);
        if (key != null) {
          findings.looked();
          if (!key.equals(synapse.crossSigningKey(usage))) {
            findings.found(id + " " + usage, "is another cross-signing key than in Dendrite");
          }
        } else if (synapse.crossSigningKey(usage) != null) {
          findings.found(id + " " + usage, "is a cross-signing key that Dendrite does not have");
        }
      }
    }

    private void checkCarried(SignedKeys.Mark mark) throws SQLException {
      boolean own = mark.signerUser().equals(id);
      if (!own && !UserIds.isOf(mark.signerUser(), local)) {
        // What users of other servers signed apart from their own keys, Synapse shows to nobody.
        return;
      }
      SignedKeys signers = own ? dendrite : reading.signerFromDendrite(mark.signerUser());
      if (signers.isAmbiguous() || !dendrite.verify(mark, signers, checked).orElse(false)) {
        return;
      }
      findings.looked();
      List<SignedKeys.Place> places = synapse.marks().get(mark);
      boolean byMaster = own && mark.signer().equals(dendrite.crossSigningKey("master"));
      if (places == null) {
        findings.found(words(mark), "is a signature in Dendrite only");
      } else if (byMaster
          && !dendrite.isDevice(mark.signed())
          && !places.contains(SignedKeys.Place.INSIDE)) {
        findings.found(words(mark), "is a signature that nobody else would see");
      }
    }

    private String words(SignedKeys.Mark mark) {
      return id + " " + mark.signed() + " by " + mark.signerUser() + " " + mark.signer();
    }
  }
}
