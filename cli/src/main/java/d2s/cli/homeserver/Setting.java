package d2s.cli.homeserver;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * One setting of {@code homeserver.yaml}.
 *
 * @param key at the top of the file
 * @param value a text, number, boolean, list or map of such
 * @param comment where it came from and what people should know, in one or more lines
 * @param secret whether the value must not be shown
 */
record Setting(String key, Object value, String comment, boolean secret) {

  private static final int WIDTH = 96;

  /** The setting in the file. */
  String text() {
    return comments() + yaml();
  }

  /** The setting where others may see it. */
  String publicText() {
    return secret ? comments() + "# " + key + ": (a secret; written only with --output)\n" : text();
  }

  private String yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setSplitLines(false);
    return new Yaml(options).dump(Map.of(key, value));
  }

  private String comments() {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder("#");
    for (String word : comment.split("\\s+")) {
      if (line.length() + word.length() >= WIDTH) {
        text.append(line).append('\n');
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    return text.append(line).append('\n').toString();
  }
}
