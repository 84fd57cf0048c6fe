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

  /**
   * Adds a signature that the user made of an own key, if it verifies.
   *
   * @param signingKeyId the key that signed: {@code ed25519:} and a device id or a public key
   * @param target what was signed: a device id, or a public key with or without {@code ed25519:}
   */
  void sign(String signingKeyId, String target, String signature) {
    List<Signer> signers = signers(signingKeyId);
    List<Signable> targets = targets(target);
    boolean added = false;
    for (Signable signed : targets) {
      for (Signer signer : signers) {
        if (signer.key().verifies(signed.signedBytes(), signature)) {
          signed.add(signer.id(), PublicKey.normal(signature));
          added = true;
        }
      }
    }
    if (!added && !signers.isEmpty() && !targets.isEmpty()) {
      noteFalse(targets.get(0), signers.get(0).words());
    }
  }

  /** Drops from uploaded device keys what a key of the user should verify, and does not. */
  void refuseFalseUploads() {
    for (DeviceKeys device : devices.values()) {
      for (String signingKeyId : List.copyOf(device.ownSignatures().keySet())) {
        String signature = device.ownSignature(signingKeyId);
        List<Signer> signers = signers(signingKeyId);
        boolean verified =
            signers.stream().anyMatch(s -> s.key().verifies(device.signedBytes(), signature));
        if (!signers.isEmpty() && !verified) {
          device.refuse(signingKeyId);
          noteFalse(device, signers.get(0).words());
        }
      }
    }
  }

  void noteFalse(Signable signed, String signer) {
    falseSignatures.add("the signature of " + signed.words() + " by " + signer);
  }

  /** The signatures by known keys that did not verify, in words. */
  List<String> falseSignatures() {
    return falseSignatures;
  }

  /** A key that signs, and the id under which its signatures stand. */
  private record Signer(String id, String words, PublicKey key) {}

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
   */
  boolean isPubliclyComplete() {
    Optional<CrossSigningKey> master = crossSigningKey(KeyType.MASTER);
    Optional<CrossSigningKey> selfSigning = crossSigningKey(KeyType.SELF_SIGNING);
    return master.isPresent() == selfSigning.isPresent()
        && (master.isEmpty() || selfSigning.get().signature(master.get().id()) != null);
  }
}
