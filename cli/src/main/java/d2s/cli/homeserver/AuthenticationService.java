package d2s.cli.homeserver;

import d2s.cli.configuration.ConfigurationFile;
import d2s.cli.configuration.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of Matrix Authentication Service that follow from Dendrite, to be merged into what
 * {@code mas-cli config generate} writes. The names are from its configuration reference; that
 * Synapse must have no login of its own beside it is from {@code synapse/config/mas.py}.
 */
public final class AuthenticationService {

  private static final String ENDPOINT = "http://localhost:8080/";

  private AuthenticationService() {}

  /** What Synapse needs. */
  static void settings(SettingsWriter out, String secret) {
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("enabled", true);
    service.put("endpoint", ENDPOINT);
    service.put("secret", secret);
    out.putSecret(
        "matrix_authentication_service",
        service,
        "Where Matrix Authentication Service listens, and the secret that it has as matrix.secret.");
    out.put(
        "password_config", Map.of("enabled", false), "The service checks passwords, not Synapse.");
    out.end("Matrix Authentication Service");
  }

  /**
   * The piece of the service's own configuration.
   *
   * @param dendriteYaml Dendrite's configuration
   * @param secret the same as in {@code homeserver.yaml}
   */
  public static String text(Path dendriteYaml, String secret) throws InvalidConfigurationException {
    SettingsWriter out =
        new SettingsWriter(
            ConfigurationFile.read(dendriteYaml), Path.of("unused"), "", SynapseChoices.NONE);
    Map<String, Object> matrix = new LinkedHashMap<>();
    matrix.put("kind", "synapse");
    matrix.put("homeserver", out.dendrite().text("global.server_name", ""));
    matrix.put("endpoint", "http://localhost:8008/");
    matrix.put("secret", secret);
    out.put("matrix", matrix, "Synapse, as homeserver.yaml of d2s configures it.");
    Map<String, Object> bcrypt = new LinkedHashMap<>();
    bcrypt.put("version", 1);
    bcrypt.put("algorithm", "bcrypt");
    bcrypt.put("unicode_normalization", false);
    Map<String, Object> argon = new LinkedHashMap<>();
    argon.put("version", 2);
    argon.put("algorithm", "argon2id");
    Map<String, Object> passwords = new LinkedHashMap<>();
    passwords.put("enabled", true);
    passwords.put("schemes", List.of(bcrypt, argon));
    out.put(
        "passwords",
        passwords,
        "Dendrite's passwords are bcrypt without a pepper, so scheme 1 has no secret. It hashes them"
            + " as they are typed.");
    boolean registration = !out.dendrite().is("client_api.registration_disabled", true);
    boolean tokens = out.dendrite().is("client_api.registration_requires_token", false);
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("password_registration_enabled", registration);
    if (registration && tokens) {
      account.put("registration_token_required", true);
    }
    out.from(
        "client_api.registration_disabled",
        "account",
        account,
        tokens ? "Tokens are not moved: make new ones with mas-cli." : "");
    if (out.dendrite().is("client_api.enable_registration_captcha", false)) {
      Map<String, Object> captcha = new LinkedHashMap<>();
      captcha.put("service", "recaptcha_v2");
      captcha.put("site_key", out.dendrite().text("client_api.recaptcha_public_key", ""));
      captcha.put("secret_key", out.dendrite().text("client_api.recaptcha_private_key", ""));
      out.from("client_api.enable_registration_captcha", "captcha", captcha, "");
    }
    out.end("Settings");
    StringBuilder text =
        new StringBuilder(
            """
            # For the configuration of Matrix Authentication Service, made from Dendrite's. Merge it into the file
            # that "mas-cli config generate" writes: these keys replace the same keys there.

            """);
    out.sections().get(0).settings().forEach(one -> text.append(one.text()).append('\n'));
    return text.toString();
  }
}
