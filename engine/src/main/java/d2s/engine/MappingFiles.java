package d2s.engine;

import d2s.engine.loader.KnownFiles;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.yaml.Problems;
import java.nio.file.Path;
import java.util.Optional;

/** The mapping files of a directory, of which those that change are read again. */
public final class MappingFiles {

  private final Path directory;
  private final KnownFiles known = new KnownFiles();

  public MappingFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The mapping files as they are now, as far as they can be read.
   *
   * @param problems takes what is wrong
   * @return without the files that have a problem; empty where nothing can be used
   * @throws java.io.UncheckedIOException if the directory cannot be read
   */
  public Optional<MappingSet> load(Problems problems) {
    return MappingSetLoader.load(directory, problems, known);
  }
}
