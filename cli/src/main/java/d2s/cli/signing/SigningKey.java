package d2s.cli.signing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** An Ed25519 key of a homeserver. It can be written, but not printed by accident. */
public final class SigningKey {

  private static final String PEM_TYPE = "MATRIX PRIVATE KEY";
  private static final String KEY_ID_HEADER = "Key-ID";
  private static final String PREFIX = "ed25519:";
  private static final int LENGTH = 32;
  private static final byte[] PROBE = {1, 2, 3};

  /** What Dendrite demands of the key that it signs with (setup/config/config.go). */
  private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9_]+");

  private final String version;
  private final byte[] seed;
  private final String publicKey;

  private SigningKey(String version, byte[] seed) {
    this.version = version;
    this.seed = seed;
    this.publicKey = publicKey(seed);
  }

  /**
   * A key as Dendrite reads it: the first block {@code MATRIX PRIVATE KEY} of a PEM file, the name
   * in the header {@code Key-ID}, of the body the first 32 bytes.
   *
   * @param current false for a key that signs no longer, whose name may have any characters
   * @throws InvalidSigningKeyException if Dendrite would not take it either
   */
  public static SigningKey fromPem(String text, boolean current) throws InvalidSigningKeyException {
    List<PemBlock> blocks = PemBlock.all(text);
    PemBlock block =
        blocks.stream()
            .filter(candidate -> candidate.type().equals(PEM_TYPE))
            .findFirst()
            .orElseThrow(() -> new InvalidSigningKeyException(noBlock(blocks)));
    String keyId = block.headers().getOrDefault(KEY_ID_HEADER, "");
    if (keyId.isEmpty()) {
      throw new InvalidSigningKeyException(
          "the key has no header Key-ID, and without it the key has no name; it must be the one"
              + " under which /_matrix/key/v2/server publishes it, e.g. \"Key-ID: ed25519:abc\"");
    }
    if (!keyId.startsWith(PREFIX)) {
      throw new InvalidSigningKeyException(
          "its Key-ID is \"" + keyId + "\"; it must begin with \"ed25519:\"");
    }
    String version = keyId.substring(PREFIX.length());
    if (version.isEmpty()
        || version.matches(".*\\s.*")
        || current && !VERSION.matcher(version).matches()) {
      throw new InvalidSigningKeyException(
          "its Key-ID is \""
              + keyId
              + "\"; after \"ed25519:\" there may be only a-z, A-Z, 0-9 and _");
    }
    if (block.body().length < LENGTH) {
      throw new InvalidSigningKeyException(
          "the key is " + block.body().length + " bytes long; it must be " + LENGTH);
    }
    return new SigningKey(version, Arrays.copyOf(block.body(), LENGTH));
  }

  private static String noBlock(List<PemBlock> blocks) {
    String found =
        blocks.isEmpty()
            ? "it has no PEM block at all"
            : "it has only " + blocks.stream().map(PemBlock::type).distinct().toList();
    return "there is no block \"-----BEGIN "
        + PEM_TYPE
        + "-----\" that can be read; "
        + found
        + ". The file must be the one that global.private_key of dendrite.yaml names";
  }

  /** How many keys a PEM file holds; Dendrite uses the first. */
  public static long count(String text) {
    return PemBlock.all(text).stream().filter(block -> block.type().equals(PEM_TYPE)).count();
  }

  /**
   * The key in Synapse's file.
   *
   * @param text one line: {@code ed25519 <version> <base64 seed>}
   */
  public static SigningKey fromSynapse(String text) throws InvalidSigningKeyException {
    String[] words = text.strip().split("\\s+");
    if (words.length != 3 || !words[0].equals("ed25519")) {
      throw new InvalidSigningKeyException("it is not one line of algorithm, version and key");
    }
    try {
      byte[] seed = Base64.getDecoder().decode(words[2]);
      if (seed.length == LENGTH) {
        return new SigningKey(words[1], seed);
      }
    } catch (IllegalArgumentException e) {
      // Told below; the message of this exception quotes from the key.
    }
    throw new InvalidSigningKeyException("its key is not the base64 of " + LENGTH + " bytes");
  }

  /** The name under which it is published, e.g. {@code ed25519:abc}. */
  public String keyId() {
    return PREFIX + version;
  }

  /** The public half, unpadded base64, as {@code /_matrix/key/v2/server} publishes it. */
  public String publicKey() {
    return publicKey;
  }

  /** The line of Synapse's signing key file: a secret. */
  public String synapseLine() {
    return "ed25519 " + version + " " + Base64.getEncoder().withoutPadding().encodeToString(seed);
  }

  /** Whether two keys have the same name and the same secret. */
  public boolean isSameAs(SigningKey other) {
    return version.equals(other.version) && Arrays.equals(seed, other.seed);
  }

  @Override
  public String toString() {
    return keyId();
  }

  /**
   * Java makes no public key from a private one, but it makes pairs from random bytes, and takes
   * exactly the seed from them. A signature proves that the pair belongs to the seed.
   */
  private static String publicKey(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] privateKey = pair.getPrivate().getEncoded();
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      signature.update(PROBE);
      // The encoding ends with the seed (RFC 8410).
      byte[] end = Arrays.copyOfRange(privateKey, privateKey.length - LENGTH, privateKey.length);
      if (!Arrays.equals(end, seed) || !signature.verify(signed)) {
        throw new IllegalStateException("this Java does not make Ed25519 keys from their seeds");
      }
      return base64((EdECPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  /** The point in the form of RFC 8032: y little-endian, the sign of x in the highest bit. */
  private static String base64(EdECPublicKey key) {
    byte[] bigEndian = key.getPoint().getY().toByteArray();
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < LENGTH && i < bigEndian.length; i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      bytes[LENGTH - 1] |= (byte) 0x80;
    }
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Chance that is none. */
  private static final class GivenBytes extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    GivenBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, Math.min(target.length, bytes.length));
    }
  }
}
