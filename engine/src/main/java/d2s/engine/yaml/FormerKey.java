package d2s.engine.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key that earlier mapping files had, and the one that took its place. A former key is not read:
 * it is a problem that names the present one.
 *
 * @param key the former key
 * @param now the present key
 * @param write what to write instead
 */
public record FormerKey(String key, String now, String write) {

  private static final List<FormerKey> ALL =
      List.of(
          renamed("about", "description"),
          renamed("key", "label"),
          renamed("after", "depends_on"),
          renamed("requires", "preconditions"),
          renamed("marker", "marker_table"),
          renamed("by", "group_by"),
          renamed("each", "for_each"),
          renamed("what", "item"),
          renamed("failed", "on_error"),
          new FormerKey("loading", "applies_to", "applies_to: [load]"),
          new FormerKey("files", "applies_to", "applies_to: [load, check, files]"));

  private static FormerKey renamed(String key, String now) {
    return new FormerKey(key, now, now + ":");
  }

  /**
   * @param key a key of a file
   * @param allowed the keys that are known where it stands; a former key that is still one of them
   *     there, such as the {@code key} of a lookup, is not meant
   */
  public static Optional<FormerKey> of(String key, Set<String> allowed) {
    return allowed.contains(key)
        ? Optional.empty()
        : ALL.stream()
            .filter(former -> former.key.equals(key) && allowed.contains(former.now))
            .findAny();
  }

  public String message() {
    return "the key " + key + " has a new name; write " + write;
  }
}
