package d2s.cli.homeserver;

import d2s.cli.configuration.ConfigurationFile;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.configuration.Placeholders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of a {@code dendrite.yaml}: which of them have been read, and what to say of the others.
 */
final class DendriteSettings {

  /** Keys, or what they begin with, that have no counterpart, with the reason. */
  private static final Map<String, String> NO_COUNTERPART = noCounterpart();

  private final ConfigurationFile file;
  private final Set<String> read = new TreeSet<>();
  private final Map<String, String> placeholders = new LinkedHashMap<>();

  DendriteSettings(ConfigurationFile file) {
    this.file = file;
  }

  ConfigurationFile file() {
    return file;
  }

  String text(String key, String otherwise) throws InvalidConfigurationException {
    read.add(key);
    String text = file.text(key).orElse(otherwise);
    if (Placeholders.isIn(text)) {
      placeholders.put(key, text);
    }
    return text;
  }

  /** A boolean as Go's YAML reads it; a text in its place is an error. */
  boolean is(String key, boolean otherwise) throws InvalidConfigurationException {
    String text = text(key, Boolean.toString(otherwise));
    if (Placeholders.isIn(text)) {
      return otherwise;
    }
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidConfigurationException(file.path() + ": " + key + " must be true or false");
    }
    return text.equals("true");
  }

  long number(String key, long otherwise) throws InvalidConfigurationException {
    String text = text(key, Long.toString(otherwise));
    if (Placeholders.isIn(text)) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidConfigurationException(file.path() + ": " + key + " must be a whole number");
    }
  }

  List<?> list(String key) throws InvalidConfigurationException {
    read.add(key);
    List<?> list = file.list(key);
    Placeholders.replace(list, text -> placeholders.put(key, text));
    return list;
  }

  /** The texts of a list. */
  List<String> texts(String key) throws InvalidConfigurationException {
    return list(key).stream().map(String::valueOf).toList();
  }

  /** What stands in the place of values that another tool fills in, by key. */
  Map<String, String> placeholders() {
    return placeholders;
  }

  /** The keys that have a value and were not read, with the reason why not. */
  Map<String, String> leftOut() {
    Map<String, String> reasons = new TreeMap<>();
    collect("", file.content(), reasons);
    return new LinkedHashMap<>(reasons);
  }

  private void collect(String prefix, Map<?, ?> content, Map<String, String> reasons) {
    for (Map.Entry<?, ?> entry : content.entrySet()) {
      String key = prefix + entry.getKey();
      Object value = entry.getValue();
      if (read.contains(key) || isEmpty(value)) {
        continue;
      }
      String whole = NO_COUNTERPART.get(key);
      if (whole != null) {
        reasons.put(key, whole);
      } else if (value instanceof Map<?, ?> below) {
        collect(key + ".", below, reasons);
      } else {
        reasons.put(key, "not a key of Dendrite 0.13 to 0.15; Dendrite ignores it too");
      }
    }
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || value.equals("")
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof List<?> list && list.isEmpty();
  }

  private static Map<String, String> noCounterpart() {
    Map<String, String> reasons = new LinkedHashMap<>();
    String database = "Dendrite's own database; the migration reads it, Synapse has another";
    reasons.put("version", "the version of Dendrite's format");
    reasons.put("global.database", database);
    for (String component :
        List.of(
            "room_server.database",
            "sync_api.database",
            "media_api.database",
            "federation_api.database",
            "key_server.database",
            "user_api.account_database",
            "user_api.device_database",
            "mscs.database",
            "relay_api.database")) {
      reasons.put(component, database);
    }
    reasons.put("global.key_id", "part of the key file");
    reasons.put("global.trusted_third_party_id_servers", "clients choose their identity server");
    reasons.put("global.cache", "Synapse sizes its caches by other measures: see caches");
    reasons.put("global.dns_cache", "Synapse caches names by itself");
    reasons.put("global.jetstream", "the queue between Dendrite's components; Synapse has none");
    reasons.put(
        "global.metrics.basic_auth",
        "a metrics listener of Synapse has no password; keep it on the loopback address");
    reasons.put("global.sentry", "set sentry.dsn, after the package sentry-sdk has been installed");
    String rates =
        "Dendrite counts slots, Synapse events per second: Synapse's defaults hold, see rc_message"
            + " and its companions";
    reasons.put("client_api.rate_limiting.enabled", rates);
    reasons.put("client_api.rate_limiting.threshold", rates);
    reasons.put("client_api.rate_limiting.cooloff_ms", rates);
    reasons.put(
        "client_api.rate_limiting.exempt_user_ids",
        "give each an override in Synapse's admin API:"
            + " POST /_synapse/admin/v1/users/<user_id>/override_ratelimit");
    String captcha = "Synapse has only reCAPTCHA's own names and addresses";
    reasons.put("client_api.recaptcha_bypass_secret", captcha);
    reasons.put("client_api.recaptcha_api_js_url", captcha);
    reasons.put("client_api.recaptcha_form_field", captcha);
    reasons.put("client_api.recaptcha_sitekey_class", captcha);
    String federation = "Synapse decides by itself how it reaches other servers";
    reasons.put("federation_api.prefer_direct_fetch", federation);
    reasons.put("federation_api.send_max_retries", federation);
    reasons.put("federation_api.disable_http_keepalives", federation);
    reasons.put("federation_api.enable_relays", federation);
    reasons.put("federation_api.p2p_retries_until_assumed_offline", federation);
    reasons.put("media_api.max_thumbnail_generators", "Synapse decides by itself");
    reasons.put(
        "sync_api.search",
        "Synapse searches in its database, without any setting; enable_search: false turns it off");
    reasons.put("user_api.openid_token_lifetime_ms", "fixed in Synapse");
    reasons.put("user_api.worker_count", "Synapse has no such workers");
    reasons.put(
        "user_api.push_gateway_disable_tls_validation", "Synapse always checks the certificate");
    reasons.put("app_service_api.disable_tls_validation", "Synapse always checks certificates");
    reasons.put("app_service_api.legacy_paths", "Synapse falls back to the old paths by itself");
    reasons.put("mscs.mscs", "experiments of Dendrite");
    reasons.put("logging", "Synapse's logging has a file of its own: see log_config");
    reasons.put("tracing", "see opentracing, in another form");
    String parts = "of a Dendrite in several processes, which is no more";
    reasons.put("internal_api", parts);
    reasons.put("external_api", parts);
    return reasons;
  }
}
