package d2s.engine.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a directory of mapping files: one {@code set.yaml} and one mapping per other YAML file. */
public final class MappingSetLoader {

  private MappingSetLoader() {}

  /**
   * Reads a directory on disk.
   *
   * @throws InvalidMappings with all problems of all files
   * @throws UncheckedIOException if the directory cannot be read
   */
  public static MappingSet load(Path directory) {
    Problems problems = new Problems();
    try {
      Path manifest = directory.resolve("set.yaml");
      if (!Files.isRegularFile(manifest)) {
        throw new NoSuchFileException(
            manifest.toString(), null, "a directory of mapping files must have a set.yaml");
      }
      MappingSet set =
          new YamlFile(sourceText(directory, manifest), problems)
              .read()
              .map(SetReader::read)
              .orElse(null);
      if (set == null) {
        throw new InvalidMappings(problems.sorted());
      }
      List<Mapping> mappings = new ArrayList<>();
      MappingReader reader = new MappingReader(set.target().name().value());
      for (Path file : mappingFiles(directory)) {
        new YamlFile(sourceText(directory, file), problems)
            .read()
            .ifPresent(yaml -> mappings.add(reader.read(yaml)));
      }
      checkNames(set, mappings, problems);
      problems.throwIfAny();
      return new MappingSet(
          set.name(),
          set.source(),
          set.target(),
          set.phases(),
          set.views(),
          set.facts(),
          set.requirements(),
          mappings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a directory on the class path, also from inside a jar.
   *
   * @throws InvalidMappings with all problems of all files
   */
  public static MappingSet loadResources(String directory) {
    URL url = MappingSetLoader.class.getClassLoader().getResource(directory + "/set.yaml");
    if (url == null) {
      throw new IllegalArgumentException("no mapping files on the class path at " + directory);
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return load(Path.of(uri).getParent());
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return load(jar.getPath("/" + directory));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> mappingFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getFileName().toString().equals("set.yaml"))
          .sorted()
          .toList();
    }
  }

  private static SourceText sourceText(Path directory, Path file) throws IOException {
    return new SourceText(
        directory.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  private static void checkNames(MappingSet set, List<Mapping> mappings, Problems problems) {
    List<String> phases = set.phases().stream().map(phase -> phase.name().value()).toList();
    Map<String, Mapping> byName = new HashMap<>();
    for (Mapping mapping : mappings) {
      String phase = mapping.phase().value();
      if (!phase.isEmpty() && !phases.contains(phase)) {
        problems.add(
            mapping.phase().at(),
            "no phase " + phase + " in set.yaml" + Suggestion.of(phase, phases));
      }
      Mapping other = byName.putIfAbsent(mapping.name().value(), mapping);
      if (other != null) {
        problems.add(
            mapping.name().at(),
            "the mapping name " + mapping.name() + " is already taken at " + other.name().at());
      }
    }
    for (Mapping mapping : mappings) {
      for (Text after : mapping.after()) {
        if (!byName.containsKey(after.value())) {
          problems.add(
              after.at(), "no mapping " + after + Suggestion.of(after.value(), byName.keySet()));
        }
      }
    }
  }
}
