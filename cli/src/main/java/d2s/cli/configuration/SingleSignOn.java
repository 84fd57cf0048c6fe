package d2s.cli.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads from {@code homeserver.yaml} by which providers users can log in. */
public final class SingleSignOn {

  /** The {@code idp_id} that holds when there is none, which also gets no prefix. */
  private static final String USUAL = "oidc";

  private SingleSignOn() {}

  /**
   * The names that Synapse writes to {@code user_external_ids.auth_provider}: {@code oidc-} and the
   * {@code idp_id}, or one word for each older kind of login.
   *
   * @param paths at least one
   */
  public static Set<String> providers(List<Path> paths) throws InvalidConfigurationException {
    ConfigurationFile file = HomeserverConfiguration.merge(paths);
    Set<String> names = new TreeSet<>();
    for (Object provider : file.list("oidc_providers")) {
      names.add(name(provider instanceof Map<?, ?> map ? map.get("idp_id") : null));
    }
    if ("true".equals(file.text("oidc_config.enabled").orElse(""))) {
      names.add(name(file.text("oidc_config.idp_id").orElse(null)));
    }
    if ("true".equals(file.text("cas_config.enabled").orElse(""))) {
      names.add("cas");
    }
    if (file.has("saml2_config")) {
      names.add("saml");
    }
    return names;
  }

  private static String name(Object idpId) {
    return idpId == null || idpId.equals(USUAL) ? USUAL : "oidc-" + idpId;
  }
}
