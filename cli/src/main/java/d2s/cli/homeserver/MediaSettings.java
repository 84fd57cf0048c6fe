package d2s.cli.homeserver;

import d2s.cli.configuration.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Files, thumbnails and calls. */
final class MediaSettings {

  private static final long DEFAULT_UPLOAD_BYTES = 10_485_760;

  private MediaSettings() {}

  static void media(SettingsWriter out) throws InvalidConfigurationException {
    out.dendrite().text("media_api.base_path", "");
    out.put(
        "media_store_path",
        out.mediaPath(),
        "Synapse's own folder, not media_api.base_path of "
            + out.name()
            + ": \"d2s media\" fills it from there.");
    long bytes = out.dendrite().number("media_api.max_file_size_bytes", DEFAULT_UPLOAD_BYTES);
    if (bytes > 0) {
      out.from("media_api.max_file_size_bytes", "max_upload_size", bytes, "");
    } else {
      out.from(
          "media_api.max_file_size_bytes",
          "max_upload_size",
          "1G",
          "It was unlimited, which Synapse does not know.");
      out.note("media_api.max_file_size_bytes was unlimited; max_upload_size is 1G");
    }
    out.from(
        "media_api.dynamic_thumbnails",
        "dynamic_thumbnails",
        out.dendrite().is("media_api.dynamic_thumbnails", false),
        "With false, pictures without a thumbnail that fits have none; Dendrite sent the picture.");
    List<Object> sizes = new ArrayList<>();
    for (Object entry : out.dendrite().list("media_api.thumbnail_sizes")) {
      if (entry instanceof Map<?, ?> size
          && size.get("width") != null
          && size.get("height") != null) {
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("width", size.get("width"));
        copy.put("height", size.get("height"));
        copy.put("method", size.get("method") == null ? "scale" : size.get("method"));
        sizes.add(copy);
      }
    }
    if (!sizes.isEmpty()) {
      out.from("media_api.thumbnail_sizes", "thumbnail_sizes", sizes, "");
    }
    out.put("url_preview_enabled", false, "Dendrite 0.13 has no previews of links.");
    out.end("Media");
  }

  static void calls(SettingsWriter out) throws InvalidConfigurationException {
    List<String> addresses = out.dendrite().texts("client_api.turn.turn_uris");
    if (!addresses.isEmpty()) {
      out.from("client_api.turn.turn_uris", "turn_uris", addresses, "");
    }
    out.copySecret("client_api.turn.turn_shared_secret", "turn_shared_secret");
    out.copy("client_api.turn.turn_username", "turn_username");
    out.copySecret("client_api.turn.turn_password", "turn_password");
    String lifetime = out.dendrite().text("client_api.turn.turn_user_lifetime", "");
    OptionalLong milliseconds = GoDuration.milliseconds(lifetime);
    if (milliseconds.isPresent() && milliseconds.getAsLong() > 0) {
      out.from(
          "client_api.turn.turn_user_lifetime",
          "turn_user_lifetime",
          milliseconds.getAsLong(),
          "In ms.");
    }
    out.end("Calls");
  }
}
