package d2s.engine.loader;

import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.VersionRange;
import d2s.engine.yaml.SourceText;
import java.util.HashMap;
import java.util.Map;

/**
 * What mapping files said the last time. A file is read again if it has another text, or if
 * set.yaml says something else of the versions of the target.
 */
public final class KnownFiles {

  /** All that the content of a file comes from. */
  private record Origin(SourceText file, String target, VersionRange supported) {}

  private record Known(Origin origin, FileContent content) {}

  /** By the name of the file. */
  private final Map<String, Known> known = new HashMap<>();

  /**
   * @param target null where set.yaml does not say it
   */
  FileContent read(SourceText file, Endpoint target) {
    Origin origin =
        new Origin(
            file,
            target == null ? null : target.name().value(),
            target == null ? null : target.supported());
    Known last = known.get(file.name());
    if (last != null && last.origin().equals(origin)) {
      return last.content();
    }
    FileContent content = FileContent.read(file, target);
    known.put(file.name(), new Known(origin, content));
    return content;
  }
}
