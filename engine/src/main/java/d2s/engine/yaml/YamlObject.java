package d2s.engine.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping whose entries are asked for by key. Wrong shapes are reported where they stand.
 */
public final class YamlObject {

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9]\\d*)");
  private static final Pattern FRACTION = Pattern.compile("[-+]?\\d+\\.\\d*([eE][-+]?\\d+)?");

  /** A name that expressions and SQL can use without quotes. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private final YamlFile file;
  private final MappingNode node;
  private final Map<String, Text> names = new LinkedHashMap<>();

  /** The keys that were meant by unknown ones. */
  private final Set<String> misspelt = new HashSet<>();

  private final Map<String, Node> values = new LinkedHashMap<>();

  YamlObject(YamlFile file, MappingNode node) {
    this.file = file;
    this.node = node;
    for (NodeTuple tuple : node.getValue()) {
      Position at = file.at(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        file.problems().add(at, "a key must be a single word");
      } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        file.problems().add(at, "the key " + key.getValue() + " stands twice in this mapping");
      } else {
        names.put(key.getValue(), new Text(key.getValue(), at));
      }
    }
  }

  public Position at() {
    return file.at(node);
  }

  public Position at(String key) {
    return names.containsKey(key) ? names.get(key).at() : at();
  }

  /** The keys in the order of the file. */
  public List<Text> keys() {
    return List.copyOf(names.values());
  }

  /**
   * The keys that are none of these words of the language: names that the file chose, such as
   * columns. Former spellings of the words are reported and left out.
   */
  public List<Text> keysBeside(Set<String> words) {
    List<Text> chosen = new ArrayList<>();
    for (Text name : names.values()) {
      Optional<FormerKey> former = FormerKey.of(name.value(), words);
      if (former.isPresent()) {
        problem(name.at(), former.get().message());
      } else if (!words.contains(name.value())) {
        chosen.add(name);
      }
    }
    return chosen;
  }

  /** Like {@link #keys}; keys that expressions or SQL could not use as a name are reported. */
  public List<Text> nameKeys() {
    for (Text name : names.values()) {
      if (!NAME.matcher(name.value()).matches()) {
        problem(name.at(), name + " is not a name: letters, digits and _ only");
      }
    }
    return keys();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether a key was reported as unknown that is near to one which is known. */
  public boolean isMisspelt() {
    return !misspelt.isEmpty();
  }

  /**
   * Whether a key is here, in its present or a former spelling, or misspelt, which {@link #allow}
   * has reported.
   */
  public boolean isMeant(String key) {
    return has(key)
        || misspelt.contains(key)
        || values.keySet().stream().anyMatch(name -> FormerKey.of(name, Set.of(key)).isPresent());
  }

  /** Reports every key that is not one of these. */
  public void allow(Set<String> allowed) {
    for (Text name : names.values()) {
      Optional<FormerKey> former = FormerKey.of(name.value(), allowed);
      if (former.isPresent()) {
        problem(name.at(), former.get().message());
      } else if (!allowed.contains(name.value())) {
        Suggestion.nearest(name.value(), allowed).ifPresent(misspelt::add);
        problem(
            name.at(),
            "unknown key "
                + name.value()
                + Suggestion.of(name.value(), allowed)
                + " (known here: "
                + String.join(", ", allowed.stream().sorted().toList())
                + ")"
                + (isCutText(name.value())
                    ? "; a comma ends a text in { }: put it in quotes"
                    : ""));
      }
    }
  }

  /** Whether this is no key at all, but what follows a comma in a text without quotes. */
  private boolean isCutText(String key) {
    return node.getFlowStyle() == DumperOptions.FlowStyle.FLOW
        && values.get(key) instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  /** Reports every one of these keys that is here. */
  public void forbid(Set<String> keys, String why) {
    for (Text name : names.values()) {
      if (keys.contains(name.value())) {
        problem(name.at(), name + ": " + why);
      }
    }
  }

  public void problem(Position at, String message) {
    file.problems().add(at, message);
  }

  /** The text of a key, or null if the key is absent. */
  public Text text(String key) {
    Node value = values.get(key);
    return value == null ? null : text(value, key);
  }

  /** The text of a key; reported, and empty, if the key is absent. */
  public Text requiredText(String key) {
    Text text = text(key);
    if (text == null) {
      if (!isMeant(key)) {
        problem(at(), "the key " + key + " is missing");
      }
      return new Text("", at());
    }
    return text;
  }

  /** The object of a key, or null if the key is absent. */
  public YamlObject object(String key) {
    Node value = values.get(key);
    return value == null ? null : object(value, key);
  }

  /** Whether a key says {@code true}; false if it is absent. */
  public boolean flag(String key) {
    Node value = values.get(key);
    if (value == null) {
      return false;
    }
    if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return flag(scalar.getValue(), file.at(scalar));
    }
    problem(file.at(value), key + " must be true or false");
    return false;
  }

  /** What a column is filled with. */
  public Value value(String key) {
    Node value = values.get(key);
    if (!(value instanceof ScalarNode scalar)) {
      problem(file.at(value), key + " must be an expression or a constant");
      return new Value.Constant(null, file.at(value));
    }
    Position at = file.at(scalar);
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      if (text.isEmpty()) {
        problem(at(key), key + " has no value; write null if that is meant");
      }
      return new Value.Constant(null, at);
    } else if (tag.equals(Tag.BOOL)) {
      return new Value.Constant(flag(text, at), at);
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return new Value.Constant(number(text, at), at);
    } else if (tag.equals(Tag.TIMESTAMP)) {
      problem(at, "a date is not a constant; for a text write \"'" + text + "'\"");
      return new Value.Constant(null, at);
    }
    return new Value.Expression(text.strip(), at);
  }

  /** A value that is data; null if the key is absent. */
  public Literal literal(String key) {
    Node value = values.get(key);
    return value == null ? null : literal(value, key);
  }

  private Literal literal(Node value, String key) {
    Position at = file.at(value);
    if (value instanceof SequenceNode sequence) {
      return new Literal(
          sequence.getValue().stream().map(element -> literal(element, key)).toList(), at);
    }
    if (value instanceof MappingNode mapping) {
      YamlObject object = new YamlObject(file, mapping);
      Map<String, Literal> members = new LinkedHashMap<>();
      object.values.forEach((name, member) -> members.put(name, object.literal(member, name)));
      return new Literal(members, at);
    }
    ScalarNode scalar = (ScalarNode) value;
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      if (text.isEmpty()) {
        problem(at(key), key + " has no value; write null if that is meant");
      }
      return new Literal(null, at);
    } else if (tag.equals(Tag.BOOL)) {
      return new Literal(flag(text, at), at);
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      Number number = number(text, at);
      return new Literal(number instanceof Double ? new BigDecimal(text) : number, at);
    } else if (tag.equals(Tag.TIMESTAMP)) {
      problem(at, "a date is a text here; write '" + text + "'");
    }
    return new Literal(text, at);
  }

  /** YAML 1.1 takes yes, no, on and off for booleans too, which nobody means here. */
  private Boolean flag(String text, Position at) {
    if (!text.equals("true") && !text.equals("false")) {
      problem(at, "write true or false; a column of the name " + text + " needs quotes");
    }
    return text.equals("true");
  }

  /** Decimal numbers only: YAML 1.1 would read 010 as eight and 1:30 as ninety. */
  private Number number(String text, Position at) {
    try {
      if (INTEGER.matcher(text).matches()) {
        return Long.valueOf(text);
      }
      if (FRACTION.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      problem(at, "a number that no column can hold: " + text);
      return null;
    }
    problem(at, "not a decimal number: " + text);
    return null;
  }

  /** The expression of a key, or null if the key is absent. */
  public Value.Expression expression(String key) {
    Text text = text(key);
    return text == null ? null : new Value.Expression(text.value().strip(), text.at());
  }

  /** The elements of a list of texts; a single text is a list of one. */
  public List<Text> texts(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(element -> text(element, key)).toList();
    }
    return List.of(text(value, key));
  }

  /** The elements of a list of objects; a single object is a list of one. */
  public <T> List<T> objects(String key, Function<YamlObject, T> read) {
    Node value = values.get(key);
    List<T> result = new ArrayList<>();
    if (value == null) {
      return result;
    }
    List<Node> elements =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    for (Node element : elements) {
      YamlObject object = object(element, key);
      if (object != null) {
        result.add(read.apply(object));
      }
    }
    return result;
  }

  public boolean isObject(String key) {
    return values.get(key) instanceof MappingNode;
  }

  /** Whether a value is an object, or a list that holds one. */
  public boolean hasObjects(String key) {
    return isObject(key)
        || values.get(key) instanceof SequenceNode list
            && list.getValue().stream().anyMatch(MappingNode.class::isInstance);
  }

  public boolean isScalar(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  /** The objects in this one, also those in its lists. */
  public List<YamlObject> parts() {
    List<YamlObject> parts = new ArrayList<>();
    for (Node value : values.values()) {
      List<Node> nodes =
          value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
      for (Node node : nodes) {
        if (node instanceof MappingNode mapping) {
          parts.add(new YamlObject(file, mapping));
        }
      }
    }
    return parts;
  }

  private Text text(Node value, String key) {
    if (value instanceof ScalarNode scalar) {
      if (scalar.getValue().isBlank()) {
        problem(at(key), key + " has no value");
      }
      return new Text(scalar.getValue(), file.at(scalar));
    }
    problem(file.at(value), key + " must be a text");
    return new Text("", file.at(value));
  }

  private YamlObject object(Node value, String key) {
    if (value instanceof MappingNode mapping) {
      return new YamlObject(file, mapping);
    }
    problem(file.at(value), key + " must be a mapping of keys to values");
    return null;
  }
}
