package d2s.matrix.encryption;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All public keys that one user has now. Signatures by other keys, or of them, are leftovers: of
 * cross-signing keys that were replaced, of devices that are gone. No client looks at them.
 */
final class KeyRing {

  private static final String ALGORITHM = "ed25519:";

  private final Map<KeyType, CrossSigningKey> crossSigningKeys = new EnumMap<>(KeyType.class);
  private final Map<String, DeviceKeys> devices = new LinkedHashMap<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<String> falseSignatures = new ArrayList<>();

  void add(CrossSigningKey key) {
    crossSigningKeys.put(key.type(), key);
  }

  void add(DeviceKeys device) {
    devices.put(device.deviceId(), device);
  }

  Collection<CrossSigningKey> crossSigningKeys() {
    return crossSigningKeys.values();
  }

  Optional<CrossSigningKey> crossSigningKey(KeyType type) {
    return Optional.ofNullable(crossSigningKeys.get(type));
  }

  Collection<DeviceKeys> devices() {
    return devices.values();
  }

  /** A key that signs, and the id under which its signatures stand. */
  private record Signer(String id, String words, PublicKey key) {}

  /**
   * A signature that the user is said to have made.
   *
   * @param uploaded under which id it stands in the keys that a client uploaded; null if it came
   *     after that
   */
  private record Claim(
      Signable signed, Signer signer, String signature, String uploaded, SignatureCheck check) {}

  /**
   * Notes a signature that the user is said to have made of an own key.
   *
   * @param signingKeyId the key that signed: {@code ed25519:} and a device id or a public key
   * @param target what was signed: a device id, or a public key with or without {@code ed25519:}
   */
  void claim(String signingKeyId, String target, String signature) {
    for (Signable signed : targets(target)) {
      claim(signingKeyId, signed, signature, null);
    }
  }

  private void claim(String signingKeyId, Signable signed, String signature, String uploaded) {
    for (Signer signer : signers(signingKeyId)) {
      SignatureCheck check = new SignatureCheck(signed, signer.key(), signature);
      claims.add(new Claim(signed, signer, signature, uploaded, check));
    }
  }

  /**
   * Verifies all that was claimed, and what clients uploaded with the keys of devices. Signatures
   * that verify are added to what they are of; others are dropped from it.
   */
  void settle() {
    for (DeviceKeys device : devices.values()) {
      for (String signingKeyId : device.ownSignatures().keySet()) {
        claim(signingKeyId, device, device.ownSignature(signingKeyId), signingKeyId);
      }
    }
    SignatureCheck.run(claims.stream().map(Claim::check).toList());
    for (Claim claim : claims) {
      if (claim.check().holds()) {
        if (claim.uploaded() == null) {
          claim.signed().add(claim.signer().id(), PublicKey.normal(claim.signature()));
        }
      } else if (claims.stream().noneMatch(other -> isSettledBy(claim, other))) {
        falseSignatures.add(
            "the signature of " + claim.signed().words() + " by " + claim.signer().words());
        if (claim.uploaded() != null && claim.signed() instanceof DeviceKeys device) {
          device.refuse(claim.uploaded());
        }
      }
    }
  }

  /** Whether another reading of the same signature holds: two keys can go by one name. */
  private static boolean isSettledBy(Claim claim, Claim other) {
    return other.check().holds()
        && other.signature().equals(claim.signature())
        && other.signer().id().equals(claim.signer().id());
  }

  /** The signatures by known keys that did not verify, in words. */
  List<String> falseSignatures() {
    return falseSignatures;
  }

  private List<Signer> signers(String signingKeyId) {
    List<Signer> found = new ArrayList<>();
    if (signingKeyId.startsWith(ALGORITHM)) {
      String name = signingKeyId.substring(ALGORITHM.length());
      DeviceKeys device = devices.get(name);
      if (device != null && device.key() != null) {
        found.add(new Signer(device.keyId(), "the device " + name, device.key()));
      }
      for (CrossSigningKey key : named(name)) {
        found.add(new Signer(key.id(), "the " + key.type().words(), key.key()));
      }
    }
    return found;
  }

  private List<Signable> targets(String target) {
    List<Signable> found = new ArrayList<>();
    if (devices.containsKey(target)) {
      found.add(devices.get(target));
    }
    boolean prefixed = target.startsWith(ALGORITHM);
    found.addAll(named(prefixed ? target.substring(ALGORITHM.length()) : target));
    return found;
  }

  private List<CrossSigningKey> named(String publicKey) {
    String normal = PublicKey.normal(publicKey);
    return crossSigningKeys.values().stream()
        .filter(key -> key.key().base64().equals(normal))
        .toList();
  }

  /**
   * Whether the keys that other servers may see are both there, one signed by the other, or none.
   * None is believed only if no device is signed by one: else they were lost.
   */
  boolean isPubliclyComplete() {
    Optional<CrossSigningKey> master = crossSigningKey(KeyType.MASTER);
    Optional<CrossSigningKey> selfSigning = crossSigningKey(KeyType.SELF_SIGNING);
    if (master.isEmpty() && selfSigning.isEmpty()) {
      return devices.values().stream()
          .flatMap(device -> device.ownSignatures().keySet().stream())
          .allMatch(
              id ->
                  id.startsWith(ALGORITHM)
                      && devices.containsKey(id.substring(ALGORITHM.length())));
    }
    return master.isPresent()
        && selfSigning.isPresent()
        && selfSigning.get().signature(master.get().id()) != null;
  }
}
