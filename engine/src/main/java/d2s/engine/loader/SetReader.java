package d2s.engine.loader;

import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.mapping.Requirement;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Store;
import d2s.engine.mapping.VersionRange;
import d2s.engine.mapping.View;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code set.yaml}: what connects the mapping files of one directory. */
final class SetReader {

  private static final Set<String> KEYS =
      Set.of("set", "about", "source", "target", "phases", "stores", "views", "facts", "requires");

  private SetReader() {}

  /** The set without its mappings. */
  static MappingSet read(YamlObject yaml) {
    yaml.allow(KEYS);
    return new MappingSet(
        yaml.requiredText("set"),
        endpoint(yaml, "source"),
        endpoint(yaml, "target"),
        phases(yaml),
        stores(yaml),
        views(yaml),
        facts(yaml),
        yaml.objects("requires", SetReader::requirement),
        List.of(),
        List.of());
  }

  private static Endpoint endpoint(YamlObject yaml, String key) {
    YamlObject object = yaml.object(key);
    if (object == null) {
      yaml.problem(yaml.at(), "the key " + key + " is missing");
      Text none = new Text("", yaml.at());
      return new Endpoint(none, none, null, VersionRange.ALWAYS, null);
    }
    boolean target = key.equals("target");
    object.allow(
        target
            ? Set.of("name", "marker", "version", "supported")
            : Set.of("name", "marker", "version"));
    return new Endpoint(
        object.requiredText("name"),
        object.requiredText("marker"),
        // Only the target's version is compared with anything: the gates need it.
        target ? object.requiredText("version") : object.text("version"),
        gate(object, "supported"),
        object.text("supported"));
  }

  /** The version gate of a key; open if the key is absent. */
  static VersionRange gate(YamlObject yaml, String key) {
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
          store.allow(Set.of("about", "ignore", "bytes"));
          result.add(
              new Store(
                  name, store.requiredText("about"), store.texts("ignore"), store.text("bytes")));
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
          fact.allow(Set.of("about", "source", "target"));
          boolean asked = fact.has("source") || fact.has("target");
          Sided sql = asked ? Sided.of(fact) : new Sided(Side.SOURCE, null);
          result.add(new Fact(name, fact.requiredText("about"), sql.side(), sql.text()));
        }
      }
    }
    return result;
  }

  private static Requirement requirement(YamlObject yaml) {
    yaml.allow(Set.of("source", "target", "message", "files", "loading"));
    Sided sql = Sided.of(yaml);
    return new Requirement(
        sql.side(),
        sql.text(),
        yaml.requiredText("message"),
        yaml.flag("files"),
        yaml.flag("loading"));
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
