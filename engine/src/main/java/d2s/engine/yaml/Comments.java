package d2s.engine.yaml;

import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;

/** The comments of a YAML file: the reasons that its author wrote beside the rules. */
public final class Comments {

  /** As far as the items of a list are indented; what stands further in goes on with one. */
  private static final int ITEM = 6;

  private final Map<Integer, String> above = new HashMap<>();
  private final Map<Integer, String> beside = new HashMap<>();

  private Comments() {}

  /** Reads the comments of a file; there are none in one that is not YAML. */
  public static Comments of(SourceText source) {
    Comments comments = new Comments();
    List<String> lines = source.text().lines().toList();
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    try {
      for (Event event : new Yaml(options).parse(new StringReader(source.text()))) {
        if (event instanceof CommentEvent comment
            && comment.getCommentType() != CommentType.BLANK_LINE) {
          comments.add(comment, lines);
        }
      }
    } catch (YAMLException e) {
      return new Comments();
    }
    return comments;
  }

  private void add(CommentEvent comment, List<String> lines) {
    int line = comment.getStartMark().getLine();
    // Behind a block of text the parser takes a line of its own for one beside something.
    boolean alone = lines.get(line).stripLeading().startsWith("#");
    (alone ? above : beside).put(line + 1, comment.getValue());
  }

  /**
   * What is said of a key.
   *
   * @param line of the key, counted from 1
   * @return the comment right above the line, then the one behind it; empty if there is none. A
   *     line that is indented a little begins a line of its own here, too
   */
  public String of(int line) {
    int first = line;
    while (above.containsKey(first - 1)) {
      first--;
    }
    StringBuilder text = new StringBuilder();
    for (int at = first; at < line; at++) {
      String one = above.get(at);
      int indent = one.length() - one.stripLeading().length();
      text.append(indent > 1 && indent <= ITEM ? '\n' : ' ').append(one.strip());
    }
    text.append(' ').append(beside.getOrDefault(line, "").strip());
    return text.toString().strip();
  }
}
