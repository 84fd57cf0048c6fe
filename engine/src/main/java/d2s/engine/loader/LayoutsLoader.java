package d2s.engine.loader;

import d2s.engine.mapping.Layouts;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code layouts.yaml} beside {@code set.yaml}: where the source keeps its tables. */
public final class LayoutsLoader {

  /** The name of the file. */
  static final String FILE = "layouts.yaml";

  private LayoutsLoader() {}

  /**
   * Reads the file of a directory on disk.
   *
   * @return empty if there is none: then the source is always one database
   * @throws InvalidMappingsException with all problems of the file
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Optional<Layouts> load(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Problems problems = new Problems();
    try {
      Optional<Layouts> layouts =
          MappingSetLoader.read(directory, file, problems).map(LayoutsLoader::read);
      problems.throwIfAny();
      return layouts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the file of a directory on the class path, also from inside a jar. */
  public static Optional<Layouts> loadResources(String directory) {
    return MappingSetLoader.ofResources(directory, LayoutsLoader::load);
  }

  private static Layouts read(YamlObject yaml) {
    yaml.allow(
        Set.of(
            "layouts",
            "description",
            "components",
            "bookkeeping",
            "optional",
            "unread",
            "former",
            "old_layout",
            "indexes",
            "sqlite"));
    return new Layouts(
        yaml.requiredText("layouts"),
        components(yaml),
        yaml.texts("bookkeeping"),
        yaml.texts("optional"),
        yaml.texts("unread"),
        yaml.texts("former"),
        yaml.requiredText("old_layout"),
        indexes(yaml),
        files(yaml));
  }

  private static List<Layouts.Component> components(YamlObject yaml) {
    List<Layouts.Component> components = new ArrayList<>();
    YamlObject all = yaml.object("components");
    if (all == null) {
      yaml.problem(yaml.at(), "the key components is missing");
      return components;
    }
    for (Text name : all.keys()) {
      YamlObject component = all.object(name.value());
      if (component != null) {
        component.allow(Set.of("description", "tables", "unused"));
        List<Text> tables = component.texts("tables");
        if (tables.isEmpty()) {
          component.problem(name.at(), "the component " + name + " has no tables");
        }
        components.add(
            new Layouts.Component(
                name, component.requiredText("description"), tables, !component.flag("unused")));
      }
    }
    return components;
  }

  private static Map<String, List<Text>> indexes(YamlObject yaml) {
    Map<String, List<Text>> indexes = new LinkedHashMap<>();
    YamlObject object = yaml.object("indexes");
    if (object != null) {
      for (Text table : object.keys()) {
        indexes.put(table.value(), object.texts(table.value()));
      }
    }
    return indexes;
  }

  private static Layouts.FileLayout files(YamlObject yaml) {
    YamlObject object = yaml.object("sqlite");
    if (object == null) {
      return new Layouts.FileLayout(List.of(), List.of(), Map.of(), Map.of());
    }
    object.allow(Set.of("ignore", "without_nul", "columns", "sequences"));
    Map<String, Map<String, Text>> columns = new LinkedHashMap<>();
    YamlObject tables = object.object("columns");
    if (tables != null) {
      for (Text table : tables.keys()) {
        columns.put(table.value(), texts(tables.object(table.value())));
      }
    }
    return new Layouts.FileLayout(
        object.texts("ignore"),
        object.texts("without_nul"),
        columns,
        texts(object.object("sequences")));
  }

  private static Map<String, Text> texts(YamlObject object) {
    Map<String, Text> texts = new LinkedHashMap<>();
    if (object != null) {
      object.keys().forEach(key -> texts.put(key.value(), object.requiredText(key.value())));
    }
    return texts;
  }
}
