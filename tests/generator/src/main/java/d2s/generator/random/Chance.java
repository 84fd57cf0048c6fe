package d2s.generator.random;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance; the same seed gives the same. */
public final class Chance {
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int NOISE = 1 << 20;

  private final long seed;
  private final SplittableRandom random;
  private final String noise;
  private final MessageDigest sha256;

  public Chance(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    byte[] bytes = new byte[NOISE];
    random.nextBytes(bytes);
    noise = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** True with this probability, 0 to 1. */
  public boolean of(double probability) {
    return random.nextDouble() < probability;
  }

  /** 0 to bound - 1. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  public double fraction() {
    return random.nextDouble();
  }

  public <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A number whose middle is {@code median}, seldom far from it, as lengths of messages are. */
  public int around(int median, double spread) {
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += random.nextDouble();
    }
    return Math.max(1, (int) (median * Math.exp(spread * (sum - 3) * Math.sqrt(2))));
  }

  /** Letters and digits. */
  public String letters(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
    }
    return text.toString();
  }

  /** Base64 text that does not compress, cheap at any length. */
  public String base64(int length) {
    int start = random.nextInt(noise.length() - length);
    return noise.substring(start, start + length);
  }

  /** 32 bytes that depend on nothing but the seed and the two arguments. */
  public byte[] bytes(String kind, long number) {
    sha256.update(kind.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    sha256.update(ByteBuffer.allocate(16).putLong(seed).putLong(number).array());
    return sha256.digest();
  }

  /** {@link #bytes} as 64 hexadecimal digits. */
  public String hex(String kind, long number) {
    StringBuilder text = new StringBuilder(64);
    for (byte one : bytes(kind, number)) {
      text.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
    }
    return text.toString();
  }

  /** {@link #bytes} as unpadded base64 for URLs. */
  public String token(String kind, long number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(kind, number));
  }

  /** {@link #bytes} as unpadded base64. */
  public String key(String kind, long number) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes(kind, number));
  }
}
