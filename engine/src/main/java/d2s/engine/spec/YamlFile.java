package d2s.engine.spec;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One YAML file as a tree whose every node knows its place. Problems are collected, not thrown.
 *
 * <p>Works on SnakeYAML's nodes: binding to objects would lose the places, and its tags could
 * create objects.
 */
final class YamlFile {

  private final SourceText source;
  private final Problems problems;

  YamlFile(SourceText source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  /** The top-level mapping; empty after reporting a problem. */
  Optional<YamlObject> read() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(20);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(source.text()));
      if (root instanceof MappingNode mapping) {
        return Optional.of(new YamlObject(this, mapping));
      }
      problems.add(
          new Position(source, 1, 1),
          "expected a mapping of keys to values at the top of the file");
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      Position at =
          mark == null
              ? new Position(source, 1, 1)
              : new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
      problems.add(at, "not YAML: " + e.getProblem());
    }
    return Optional.empty();
  }

  /** Where a node's content starts: behind an opening quote, below a block indicator. */
  Position at(Node node) {
    Mark mark = node.getStartMark();
    int line = mark.getLine() + 1;
    int column = mark.getColumn() + 1;
    if (node instanceof ScalarNode scalar) {
      ScalarStyle style = scalar.getScalarStyle();
      if (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED) {
        return new Position(source, line, column + 1);
      }
      if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
        String first = source.line(line + 1);
        int indent = first.length() - first.stripLeading().length();
        return new Position(source, line + 1, indent + 1);
      }
    }
    return new Position(source, line, column);
  }
}
