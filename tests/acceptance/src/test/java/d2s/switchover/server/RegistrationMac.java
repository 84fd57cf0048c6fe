package d2s.switchover.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves knowledge of the registration secret: both servers take the same. */
public final class RegistrationMac {
  private RegistrationMac() {}

  public static String of(String nonce, String name, String password, boolean administrator) {
    String text = String.join("\0", nonce, name, password, administrator ? "admin" : "notadmin");
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(
              Endpoint.REGISTRATION_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
