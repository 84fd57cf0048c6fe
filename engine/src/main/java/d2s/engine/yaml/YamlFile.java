package d2s.engine.yaml;

import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * One YAML file as a tree whose every node knows its place. Problems are collected, not thrown.
 *
 * <p>Works on SnakeYAML's nodes: binding to objects would lose the places, and its tags could
 * create objects. Anchors, aliases and tags are refused: a value stands where it is used, and what
 * a mapping file says must not depend on more of YAML than its reader knows.
 */
public final class YamlFile {

  /** How the parser says that a character begins nothing; a tabulator has a name there. */
  private static final Pattern CANNOT_BEGIN =
      Pattern.compile("found character '(.+?)' that cannot start any token");

  private static final int NESTING_LIMIT = 20;

  private final SourceText source;
  private final Problems problems;

  public YamlFile(SourceText source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  /** The top-level mapping; empty after reporting a problem. */
  public Optional<YamlObject> read() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(NESTING_LIMIT);
    Yaml yaml = new Yaml(new SafeConstructor(options));
    try {
      if (!isPlain(yaml)) {
        return Optional.empty();
      }
      Node root = yaml.compose(new StringReader(source.text()));
      if (root instanceof MappingNode mapping) {
        return Optional.of(new YamlObject(this, mapping));
      }
      problems.add(
          new Position(source, 1, 1),
          "expected a mapping of keys to values at the top of the file");
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      problems.add(
          mark == null ? new Position(source, 1, 1) : at(mark),
          "not YAML: " + reason(e.getProblem(), mark));
    } catch (ReaderException e) {
      problems.add(
          at(e.getPosition()),
          "not YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      // The only limit that can be reached without a place in the file.
      problems.add(
          new Position(source, 1, 1), "nested more than " + NESTING_LIMIT + " levels deep");
    }
    return Optional.empty();
  }

  private String reason(String problem, Mark mark) {
    Matcher beginning = CANNOT_BEGIN.matcher(problem);
    if (!beginning.lookingAt()) {
      return problem + advice(problem, mark);
    }
    return beginning.group(1).endsWith("(TAB)")
        ? "a tabulator cannot indent a line; use spaces"
        : "a text cannot begin with " + beginning.group(1) + "; put it in quotes";
  }

  /** What to do about a text that YAML takes for something else; an expression is the usual one. */
  private String advice(String problem, Mark mark) {
    if (problem.endsWith("found '<scalar>'")) {
      return "; an expression that begins with a text needs quotes around all of it, such as \"'a' + b\"";
    } else if (problem.endsWith("found '<block mapping start>'")) {
      return "; this line does not begin below those that it belongs to";
    }
    String line = mark == null ? "" : source.line(mark.getLine() + 1);
    if (line.contains("? ") || line.contains(" ?")) {
      return "; an expression with ? : needs quotes, such as 'a ? b : c'";
    }
    return line.contains(": ") ? "; a text with a colon and a space in it needs quotes" : "";
  }

  private boolean isPlain(Yaml yaml) {
    boolean plain = true;
    for (Event event : yaml.parse(new StringReader(source.text()))) {
      String what = null;
      if (event instanceof AliasEvent alias) {
        what = "the alias *" + alias.getAnchor();
      } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
        what = "the anchor &" + node.getAnchor();
      } else if (tag(event) != null) {
        what = "a tag";
      }
      if (what != null) {
        String tag = tag(event);
        problems.add(
            at(event.getStartMark()),
            tag != null && tag.startsWith("!")
                ? "a text cannot begin with !; put it in quotes, or write not in an expression"
                : what + " is not part of the language; write the value itself here");
        plain = false;
      }
    }
    return plain;
  }

  private static String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
  }

  private Position at(Mark mark) {
    return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Position at(int index) {
    String before = source.text().substring(0, Math.min(index, source.text().length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(source, line, before.length() - before.lastIndexOf('\n'));
  }

  /** Where a node's content starts: behind an opening quote, below a block indicator. */
  Position at(Node node) {
    Position at = at(node.getStartMark());
    if (node instanceof ScalarNode scalar) {
      ScalarStyle style = scalar.getScalarStyle();
      if (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED) {
        char quote = style == ScalarStyle.SINGLE_QUOTED ? '\'' : '"';
        return new Position(source, at.line(), at.column() + 1, quote);
      }
      if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
        return firstContent(at, node.getEndMark().getLine());
      }
    }
    return at;
  }

  /** The first line of a block scalar that is not blank; its indicator if there is none. */
  private Position firstContent(Position indicator, int lastLine) {
    for (int line = indicator.line() + 1; line <= lastLine + 1; line++) {
      String text = source.line(line);
      if (!text.isBlank()) {
        return new Position(source, line, text.length() - text.stripLeading().length() + 1);
      }
    }
    return indicator;
  }
}
