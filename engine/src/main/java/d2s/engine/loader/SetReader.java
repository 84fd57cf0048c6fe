package d2s.engine.loader;

import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Store;
import d2s.engine.mapping.VersionRange;
import d2s.engine.mapping.View;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code set.yaml}: what connects the mapping files of one directory. */
final class SetReader {

  private static final Set<String> KEYS =
      Set.of(
          "set",
          "description",
          "source",
          "target",
          "phases",
          "stores",
          "views",
          "facts",
          "preconditions",
          "secrets");

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private SetReader() {}

  /** The set without its mappings. */
  static MappingSet read(YamlObject yaml) {
    yaml.allow(KEYS);
    return new MappingSet(
        yaml.requiredText("set"),
        yaml.text("description"),
        endpoint(yaml, "source"),
        endpoint(yaml, "target"),
        phases(yaml),
        stores(yaml),
        views(yaml),
        facts(yaml),
        yaml.objects("preconditions", SetReader::precondition),
        yaml.texts("secrets"),
        List.of(),
        List.of());
  }

  private static Endpoint endpoint(YamlObject yaml, String key) {
    YamlObject object = yaml.object(key);
    if (object == null) {
      yaml.problem(yaml.at(), "the key " + key + " is missing");
      Text none = new Text("", yaml.at());
      return new Endpoint(none, none, null, VersionRange.ALWAYS, null, null, null);
    }
    boolean target = key.equals("target");
    object.allow(
        target
            ? Set.of("name", "marker_table", "version", "supported", "releases", "used")
            : Set.of("name", "marker_table", "version"));
    return new Endpoint(
        object.requiredText("name"),
        object.requiredText("marker_table"),
        // Only the target's version is compared with anything: the version ranges need it.
        target ? object.requiredText("version") : object.text("version"),
        versions(object, "supported"),
        object.text("supported"),
        target ? object.text("releases") : null,
        target ? object.text("used") : null);
  }

  /** The version range of a key; all versions if the key is absent. */
  static VersionRange versions(YamlObject yaml, String key) {
    Text text = yaml.text(key);
    if (text == null) {
      return VersionRange.ALWAYS;
    }
    try {
      return VersionRange.parse(text.value());
    } catch (IllegalArgumentException e) {
      yaml.problem(
          text.at(), "not a version range: " + text + "; write for example '>=92' or '>=88 <94'");
      return VersionRange.ALWAYS;
    }
  }

  private static List<Phase> phases(YamlObject yaml) {
    List<Phase> result = new ArrayList<>();
    YamlObject object = yaml.object("phases");
    if (object != null) {
      for (Text name : object.keys()) {
        result.add(new Phase(name, object.requiredText(name.value())));
      }
    }
    return result;
  }

  private static List<Store> stores(YamlObject yaml) {
    List<Store> result = new ArrayList<>();
    YamlObject object = yaml.object("stores");
    if (object != null) {
      for (Text name : object.keys()) {
        YamlObject store = object.object(name.value());
        if (store != null) {
          store.allow(Set.of("description", "ignore", "bytes"));
          result.add(
              new Store(
                  name,
                  store.requiredText("description"),
                  store.texts("ignore"),
                  store.text("bytes")));
        }
      }
    }
    return result;
  }

  private static List<View> views(YamlObject yaml) {
    List<View> result = new ArrayList<>();
    YamlObject object = yaml.object("views");
    if (object != null) {
      for (Text name : object.nameKeys()) {
        YamlObject view = object.object(name.value());
        if (view != null) {
          view.allow(Sided.KEYS);
          Sided sql = Sided.of(view);
          result.add(new View(name, sql.side(), sql.text()));
        }
      }
    }
    return result;
  }

  private static List<Fact> facts(YamlObject yaml) {
    List<Fact> result = new ArrayList<>();
    YamlObject object = yaml.object("facts");
    if (object != null) {
      for (Text name : object.nameKeys()) {
        YamlObject fact = object.object(name.value());
        if (fact != null) {
          fact.allow(Set.of("description", "source", "target", "each"));
          boolean asked = fact.has("source") || fact.has("target");
          Sided sql = asked ? Sided.of(fact) : new Sided(Side.SOURCE, null);
          if (fact.has("each") && !asked) {
            fact.problem(fact.at("each"), "each: needs source: or target:, whose rows it is for");
          }
          result.add(
              new Fact(
                  name,
                  fact.requiredText("description"),
                  sql.side(),
                  sql.text(),
                  fact.expression("each")));
        }
      }
    }
    return result;
  }

  private static Precondition precondition(YamlObject yaml) {
    yaml.allow(
        Set.of(
            "id",
            "severity",
            "source",
            "target",
            "accept",
            "message",
            "ok",
            "cause",
            "cure",
            "applies_to"));
    Sided sql = Sided.of(yaml);
    Text id = yaml.text("id");
    if (id != null && !ID.matcher(id.value()).matches()) {
      yaml.problem(id.at(), "an id is lower-case words joined with -, for example old-layout");
    }
    return new Precondition(
        id,
        level(yaml),
        sql.side(),
        sql.text(),
        yaml.text("accept"),
        yaml.requiredText("message"),
        yaml.text("ok"),
        yaml.text("cause"),
        yaml.text("cure"),
        appliesTo(yaml));
  }

  private static Precondition.Level level(YamlObject yaml) {
    Text text = yaml.text("severity");
    if (text == null) {
      return Precondition.Level.ERROR;
    }
    for (Precondition.Level level : Precondition.Level.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(text.value())) {
        return level;
      }
    }
    yaml.problem(text.at(), "severity is one of note, warning, error; not " + text);
    return Precondition.Level.ERROR;
  }

  private static Set<Precondition.Use> appliesTo(YamlObject yaml) {
    if (!yaml.has("applies_to")) {
      return Precondition.Use.OF_DATABASES;
    }
    Set<Precondition.Use> result = EnumSet.noneOf(Precondition.Use.class);
    List<String> known = Precondition.Use.names();
    for (Text name : yaml.texts("applies_to")) {
      if (known.contains(name.value())) {
        result.add(Precondition.Use.of(name.value()));
      } else {
        yaml.problem(
            name.at(),
            "applies_to does not know "
                + name
                + Suggestion.of(name.value(), known)
                + " (known here: "
                + String.join(", ", known)
                + ")");
      }
    }
    if (yaml.texts("applies_to").isEmpty()) {
      yaml.problem(
          yaml.at("applies_to"),
          "applies_to is empty; say one or more of " + String.join(", ", known));
    }
    return result;
  }

  /** SQL under the key {@code source} or {@code target}. */
  record Sided(Side side, Text text) {

    static final Set<String> KEYS = Set.of("source", "target");

    static Sided of(YamlObject yaml) {
      if (yaml.has("target") == yaml.has("source")) {
        yaml.problem(yaml.at(), "say one of source: and target: (a query on that database)");
        return new Sided(Side.SOURCE, new Text("", yaml.at()));
      }
      if (yaml.has("target")) {
        return new Sided(Side.TARGET, yaml.requiredText("target"));
      }
      return new Sided(Side.SOURCE, yaml.requiredText("source"));
    }
  }
}
