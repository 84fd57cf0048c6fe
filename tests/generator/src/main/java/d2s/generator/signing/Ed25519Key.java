package d2s.generator.signing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key that signs in microseconds: its signatures are right, but all use one nonce.
 *
 * <p>The JDK makes one signature, whose point is used for all others; what is left is one hash and
 * one multiplication. A secret key would be given away by two such signatures. These keys are not
 * secret: they follow from the seed of the generator.
 */
public final class Ed25519Key {
  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final byte[] FIRST_MESSAGE = "the nonce".getBytes(StandardCharsets.US_ASCII);
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  private final byte[] seed;
  private final byte[] publicKey;
  private final byte[] point;
  private final BigInteger nonce;
  private final BigInteger scalar;
  private final MessageDigest sha512;

  /**
   * @param seed 32 bytes, the private key
   */
  public Ed25519Key(byte[] seed) {
    this.seed = seed.clone();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      publicKey = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      sha512 = MessageDigest.getInstance("SHA-512");
      byte[] expanded = sha512.digest(seed);
      byte[] clamped = Arrays.copyOf(expanded, 32);
      clamped[0] &= (byte) 0xf8;
      clamped[31] = (byte) (clamped[31] & 0x7f | 0x40);
      scalar = number(clamped);
      sha512.update(expanded, 32, 32);
      nonce = number(sha512.digest(FIRST_MESSAGE)).mod(ORDER);
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(FIRST_MESSAGE);
      point = Arrays.copyOf(signature.sign(), 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no Ed25519.", e);
    }
  }

  /** The seed as unpadded base64. */
  public String seedText() {
    return BASE64.encodeToString(seed);
  }

  /** The public key as unpadded base64. */
  public String publicText() {
    return BASE64.encodeToString(publicKey);
  }

  /** The signature of a canonical JSON text as unpadded base64. */
  public String sign(String canonical) {
    return sign(canonical.getBytes(StandardCharsets.UTF_8));
  }

  public String sign(byte[] message) {
    sha512.update(point);
    sha512.update(publicKey);
    BigInteger hash = number(sha512.digest(message)).mod(ORDER);
    byte[] big = hash.multiply(scalar).add(nonce).mod(ORDER).toByteArray();
    byte[] signature = Arrays.copyOf(point, 64);
    for (int i = 0; i < big.length && i < 32; i++) {
      signature[32 + i] = big[big.length - 1 - i];
    }
    return BASE64.encodeToString(signature);
  }

  private static BigInteger number(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** Gives the seed to the key generator of the JDK. */
  private static final class Fixed extends SecureRandom {
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
