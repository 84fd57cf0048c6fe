package d2s.engine.docs;

import d2s.engine.yaml.Comments;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import java.util.HashMap;
import java.util.Map;

/** The comments of all files, each of which is read once. */
final class FileComments {

  private final Map<SourceText, Comments> files = new HashMap<>();

  /** What is said of the key at a place; empty if nothing is. */
  String of(Position at) {
    return files.computeIfAbsent(at.source(), Comments::of).of(at.line());
  }
}
