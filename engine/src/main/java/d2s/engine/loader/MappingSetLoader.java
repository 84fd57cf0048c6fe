package d2s.engine.loader;

import d2s.engine.mapping.Example;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlFile;
import d2s.engine.yaml.YamlObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a directory of mapping files: one {@code set.yaml} and one mapping per other YAML file. */
public final class MappingSetLoader {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private MappingSetLoader() {}

  /**
   * Reads a directory on disk.
   *
   * @throws InvalidMappingsException with all problems of all files
   * @throws UncheckedIOException if the directory cannot be read
   */
  public static MappingSet load(Path directory) {
    Problems problems = new Problems();
    Optional<MappingSet> set = load(directory, problems);
    problems.throwIfAny();
    return set.orElseThrow();
  }

  /**
   * Reads a directory as far as it can be read.
   *
   * @param problems takes what is wrong
   * @return without the files that have a problem; empty where set.yaml itself cannot be used
   * @throws UncheckedIOException if the directory cannot be read
   */
  public static Optional<MappingSet> load(Path directory, Problems problems) {
    return load(directory, problems, new KnownFiles());
  }

  /**
   * The same, without files that are as they were.
   *
   * @param known what the files of this directory said; takes what they say now
   */
  public static Optional<MappingSet> load(Path directory, Problems problems, KnownFiles known) {
    try {
      Path manifest = directory.resolve("set.yaml");
      if (!Files.isRegularFile(manifest)) {
        throw new NoSuchFileException(
            manifest.toString(), null, "a directory of mapping files must have a set.yaml");
      }
      Optional<YamlObject> top = read(directory, manifest, problems);
      MappingSet set = top.map(SetReader::read).orElse(null);
      // Without the name of the target version ranges cannot be told from misspelt keys.
      boolean readable = set != null && !set.target().name().value().isEmpty();
      List<Mapping> mappings = new ArrayList<>();
      List<LedgerEntry> ledger = new ArrayList<>();
      boolean allRead = true;
      for (Path file : mappingFiles(directory, manifest, problems)) {
        Optional<SourceText> text = text(directory, file, problems);
        if (text.isEmpty()) {
          allRead = false;
          continue;
        }
        FileContent content = known.read(text.get(), readable ? set.target() : null);
        problems.addAll(content.problems());
        allRead &= content.isYaml();
        ledger.addAll(content.ledger());
        if (content.mapping() != null) {
          mappings.add(content.mapping());
        }
      }
      // What stands under a misspelt key would be missing in all files.
      if (readable && !top.get().isMisspelt()) {
        checkNames(set, mappings, allRead, problems);
      } else {
        return Optional.empty();
      }
      mappings.removeIf(mapping -> problems.isIn(mapping.name().at().source().name()));
      ledger.removeIf(entry -> problems.isIn(entry.table().at().source().name()));
      List<String> phases = names(set.phases());
      // The sort keeps the order of the files within a phase.
      mappings.sort(Comparator.comparingInt(one -> phases.indexOf(one.phase().value())));
      return Optional.of(
          new MappingSet(
              set.name(),
              set.description(),
              set.source(),
              set.target(),
              set.phases(),
              set.stores(),
              set.views(),
              set.facts(),
              set.preconditions(),
              set.secrets(),
              mappings,
              ledger));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<YamlObject> read(Path directory, Path file, Problems problems)
      throws IOException {
    return text(directory, file, problems).flatMap(text -> new YamlFile(text, problems).read());
  }

  private static Optional<SourceText> text(Path directory, Path file, Problems problems)
      throws IOException {
    String name = directory.relativize(file).toString();
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      String withoutMark = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      return Optional.of(new SourceText(name, withoutMark));
    } catch (CharacterCodingException e) {
      problems.add(
          new Position(new SourceText(name, ""), 1, 1), "the file is not UTF-8; save it as UTF-8");
      return Optional.empty();
    }
  }

  /**
   * Reads a directory on the class path, also from inside a jar.
   *
   * @throws InvalidMappingsException with all problems of all files
   */
  public static MappingSet loadResources(String directory) {
    return ofResources(directory, MappingSetLoader::load);
  }

  static <T> T ofResources(String directory, Function<Path, T> load) {
    URL url = MappingSetLoader.class.getClassLoader().getResource(directory + "/set.yaml");
    if (url == null) {
      throw new IllegalArgumentException("no mapping files on the class path at " + directory);
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return load.apply(Path.of(uri).getParent());
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return load.apply(jar.getPath("/" + directory));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> mappingFiles(Path directory, Path manifest, Problems problems)
      throws IOException {
    List<Path> found;
    // Links are followed: a directory of mapping files may be one, or hold some.
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    for (Path file : found) {
      if (file.toString().endsWith(".yml")) {
        problems.add(
            new Position(new SourceText(directory.relativize(file).toString(), ""), 1, 1),
            "the names of mapping files end in .yaml; this one would not be read");
      }
    }
    return found.stream()
        .filter(file -> file.toString().endsWith(".yaml") && !file.equals(manifest))
        .filter(file -> !file.equals(directory.resolve(LayoutsLoader.FILE)))
        .toList();
  }

  private static List<String> names(List<Phase> phases) {
    return phases.stream().map(phase -> phase.name().value()).toList();
  }

  private static void checkNames(
      MappingSet set, List<Mapping> mappings, boolean allRead, Problems problems) {
    PhaseCheck.check(set.phases(), mappings, problems);
    Map<String, Mapping> byName = new HashMap<>();
    for (Mapping mapping : mappings) {
      Mapping other = byName.putIfAbsent(mapping.name().value(), mapping);
      if (other != null) {
        problems.add(
            mapping.name().at(),
            "the mapping name " + mapping.name() + " is already taken at " + other.name().at());
      }
    }
    List<String> stores = set.stores().stream().map(store -> store.name().value()).toList();
    for (Mapping mapping : mappings) {
      for (FileBlock block : mapping.files()) {
        Text store = block.store();
        if (!stores.contains(store.value())) {
          problems.add(
              store.at(),
              "no store " + store + " in set.yaml" + Suggestion.of(store.value(), stores));
        }
      }
      checkExamples(mapping, set, byName.keySet(), allRead, problems);
      List<Text> predecessors = new ArrayList<>(mapping.dependsOn());
      mapping.lookups().stream()
          .map(Lookup::skipped)
          .filter(Objects::nonNull)
          .forEach(predecessors::add);
      for (Text before : predecessors) {
        if (before.value().equals(mapping.name().value())) {
          problems.add(before.at(), "a mapping cannot depend on itself");
        } else if (!byName.containsKey(before.value())
            && (allRead || !Suggestion.of(before.value(), byName.keySet()).isEmpty())) {
          problems.add(
              before.at(), "no mapping " + before + Suggestion.of(before.value(), byName.keySet()));
        }
      }
    }
  }

  private static void checkExamples(
      Mapping mapping,
      MappingSet set,
      Collection<String> mappings,
      boolean allRead,
      Problems problems) {
    List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
    for (Example example : mapping.examples()) {
      for (Text other : example.with()) {
        String near = Suggestion.of(other.value(), mappings);
        if (other.value().equals(mapping.name().value())) {
          problems.add(other.at(), "the mapping of the example runs anyway; leave it out here");
        } else if (!mappings.contains(other.value()) && (allRead || !near.isEmpty())) {
          problems.add(other.at(), "no mapping " + other + near);
        }
      }
      for (Example.Cell fact : example.facts()) {
        if (!facts.contains(fact.name().value())) {
          problems.add(
              fact.name().at(),
              "no fact "
                  + fact.name()
                  + " in set.yaml"
                  + Suggestion.of(fact.name().value(), facts));
        }
      }
    }
  }
}
