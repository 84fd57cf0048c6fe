package d2s.engine.yaml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;

/** The comments of a YAML file: the reasons that its author wrote beside the rules. */
public final class Comments {

  private final Map<Integer, String> above = new HashMap<>();
  private final Map<Integer, String> beside = new HashMap<>();

  private Comments() {}

  /** Reads the comments of a file; there are none in one that is not YAML. */
  public static Comments of(SourceText source) {
    Comments comments = new Comments();
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    try {
      for (Event event : new Yaml(options).parse(new StringReader(source.text()))) {
        if (event instanceof CommentEvent comment) {
          comments.add(comment);
        }
      }
    } catch (YAMLException e) {
      return new Comments();
    }
    return comments;
  }

  private void add(CommentEvent comment) {
    int line = comment.getStartMark().getLine() + 1;
    String text = comment.getValue().strip();
    if (comment.getCommentType() == CommentType.BLOCK) {
      above.put(line, text);
    } else if (comment.getCommentType() == CommentType.IN_LINE) {
      beside.put(line, text);
    }
  }

  /**
   * What is said of a key.
   *
   * @param line of the key, counted from 1
   * @return the comment right above the line, then the one behind it; empty if there is none
   */
  public String of(int line) {
    Deque<String> lines = new ArrayDeque<>();
    for (int at = line - 1; above.containsKey(at); at--) {
      lines.addFirst(above.get(at));
    }
    if (beside.containsKey(line)) {
      lines.addLast(beside.get(line));
    }
    return String.join(" ", lines).strip();
  }
}
