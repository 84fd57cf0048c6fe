package d2s.cli.homeserver;

import d2s.cli.configuration.InvalidConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may register, and what new users find. */
final class AccountSettings {

  private AccountSettings() {}

  static void accounts(SettingsWriter out) throws InvalidConfigurationException {
    boolean enabled =
        !out.dendrite().is("client_api.registration_disabled", true)
            && !out.choices().hasAuthenticationService();
    boolean tokens = out.dendrite().is("client_api.registration_requires_token", false);
    boolean captcha = out.dendrite().is("client_api.enable_registration_captcha", false);
    out.from("client_api.registration_disabled", "enable_registration", enabled, "");
    if (out.choices().hasAuthenticationService()) {
      closeRegistration(out);
      return;
    }
    if (tokens) {
      out.from("client_api.registration_requires_token", "registration_requires_token", true, "");
    }
    if (captcha) {
      out.from("client_api.enable_registration_captcha", "enable_registration_captcha", true, "");
    }
    if (enabled && !tokens && !captcha) {
      out.from(
          "client_api.registration_disabled",
          "enable_registration_without_verification",
          true,
          "Anybody can register, as with Dendrite's option -really-enable-open-registration.");
      out.note(
          "anybody can register without any proof, as in Dendrite; that invites abuse. Think of"
              + " registration_requires_token");
    }
    out.copySecret("client_api.registration_shared_secret", "registration_shared_secret");
    out.copy("client_api.recaptcha_public_key", "recaptcha_public_key");
    out.copySecret("client_api.recaptcha_private_key", "recaptcha_private_key");
    out.copy("client_api.recaptcha_siteverify_api", "recaptcha_siteverify_api");
    boolean guests = !out.dendrite().is("client_api.guests_disabled", false);
    out.from(
        "client_api.guests_disabled",
        "allow_guest_access",
        guests && enabled,
        "In Dendrite guests also need registration to be enabled.");
    out.from(
        "user_api.bcrypt_cost",
        "bcrypt_rounds",
        out.dendrite().number("user_api.bcrypt_cost", 10),
        "");
    out.end("Accounts");
  }

  /** Matrix Authentication Service registers; Synapse refuses to start if it does so too. */
  private static void closeRegistration(SettingsWriter out) throws InvalidConfigurationException {
    out.copySecret("client_api.registration_shared_secret", "registration_shared_secret");
    // They are in the piece for the service.
    out.dendrite().text("client_api.recaptcha_public_key", "");
    out.dendrite().text("client_api.recaptcha_private_key", "");
    out.dendrite().text("client_api.recaptcha_siteverify_api", "");
    out.dendrite().is("client_api.guests_disabled", false);
    out.put("allow_guest_access", false, "Matrix Authentication Service knows no guests.");
    out.from(
        "user_api.bcrypt_cost",
        "bcrypt_rounds",
        out.dendrite().number("user_api.bcrypt_cost", 10),
        "");
    out.end("Accounts");
  }

  static void rooms(SettingsWriter out) throws InvalidConfigurationException {
    out.from(
        "room_server.default_room_version",
        "default_room_version",
        out.dendrite().text("room_server.default_room_version", "10"),
        "");
    List<String> rooms = out.dendrite().texts("user_api.auto_join_rooms");
    if (!rooms.isEmpty()) {
      out.from("user_api.auto_join_rooms", "auto_join_rooms", rooms, "");
    }
    out.end("Rooms");
  }

  static void notices(SettingsWriter out) throws InvalidConfigurationException {
    boolean enabled = out.dendrite().is("global.server_notices.enabled", false);
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put(
        "system_mxid_localpart",
        out.dendrite().text("global.server_notices.local_part", "_server"));
    notice.put(
        "system_mxid_display_name",
        out.dendrite().text("global.server_notices.display_name", "Server Alerts"));
    String avatar = out.dendrite().text("global.server_notices.avatar_url", "");
    if (!avatar.isEmpty()) {
      notice.put("system_mxid_avatar_url", avatar);
    }
    notice.put(
        "room_name", out.dendrite().text("global.server_notices.room_name", "Server Alerts"));
    if (enabled) {
      out.from("global.server_notices", "server_notices", notice, "");
    }
    out.end("Server notices");
  }
}
