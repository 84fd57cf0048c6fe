package d2s.cli.options;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.CheckResult;
import d2s.engine.transfer.FileOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the media files are, and how they get from one server to the other. */
public final class MediaOptions {

  /** The name of the store, and of the fact, in the mapping files. */
  private static final String STORE = "media";

  private static final String SOURCE_FACT = "media_path";

  @Mixin DendriteMediaOption dendriteOption;

  @Mixin SynapseMediaOption synapseOption;

  @Option(
      names = "--media-mode",
      paramLabel = "MODE",
      defaultValue = "copy",
      description = {
        "How files are carried over: copy; hardlink, a second name for the same file, which takes no"
            + " room; reflink, a copy that shares its blocks where Java and the file system can;"
            + " none, not at all.",
        "Default: copy."
      })
  Mode mode;

  @Option(
      names = "--accept-missing-media",
      description = "Go on though most media files are missing: they are lost, and that is known.")
  boolean acceptMissing;

  /** The values of the option. */
  enum Mode {
    copy(CopyMode.COPY),
    hardlink(CopyMode.LINK),
    reflink(CopyMode.CLONE),
    none(null);

    private final CopyMode copyMode;

    Mode(CopyMode copyMode) {
      this.copyMode = copyMode;
    }
  }

  /**
   * What the options come to.
   *
   * @param source Dendrite's folder; empty when it is not at hand
   * @param target Synapse's folder; empty when files are not carried over
   */
  public record Resolved(
      Optional<Path> source, Optional<Path> target, CopyMode mode, boolean acceptMissing) {

    public FileOptions files() {
      if (source.isEmpty() || target.isEmpty()) {
        return FileOptions.NONE;
      }
      FileOptions files =
          FileOptions.of(Map.of(STORE, new StoreFolders(source.get(), target.get())), mode);
      return acceptMissing ? files.acceptingMissing() : files;
    }

    /** Adds where the files are to the facts that the caller of a run has to know. */
    public Map<String, Object> facts(Map<String, Object> others, MappingSet set) {
      Map<String, Object> facts = new HashMap<>(others);
      for (Fact fact : set.facts()) {
        if (fact.name().value().equals(SOURCE_FACT)) {
          source.ifPresent(path -> facts.put(SOURCE_FACT, path.toAbsolutePath().toString()));
        }
      }
      return facts;
    }
  }

  /**
   * @param required whether the command is of no use without files
   */
  public Resolved resolve(DatabaseOptions.Resolved configured, boolean required, Console console)
      throws CommandFailedException {
    if (required && mode == Mode.none) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--media-mode none leaves nothing to do; leave it out");
    }
    Optional<Path> source = source(configured.dendriteMedia(), console);
    Optional<Path> target = target(configured.synapseMedia(), console);
    if (source.isEmpty() && (required || synapseOption.folder != null)) {
      throw missing("Dendrite", "--dendrite-media-path /var/lib/dendrite/media");
    }
    if (target.isEmpty() && required) {
      throw missing("Synapse", "--synapse-media-path /var/lib/matrix-synapse/media");
    }
    // Where files are carried over, a folder that is not there is right if there are no files:
    // Dendrite makes it with the first.
    if ((target.isEmpty() || mode == Mode.none) && source.filter(Files::notExists).isPresent()) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--dendrite-media-path: there is no directory " + source.get());
    }
    if (mode == Mode.none) {
      return new Resolved(source, Optional.empty(), CopyMode.COPY, acceptMissing);
    }
    return new Resolved(source, target, mode.copyMode, acceptMissing);
  }

  /** Says whether files are carried over; who forgot the folders should know before. */
  public Optional<CheckResult> check(MappingSet set, Resolved media) {
    boolean known = set.stores().stream().anyMatch(store -> store.name().value().equals(STORE));
    if (!known) {
      return Optional.empty();
    }
    String id = "media-carried";
    if (media.target().isPresent() && media.source().isPresent() || mode == Mode.none) {
      return Optional.of(
          CheckResult.ok(
              id,
              mode == Mode.none
                  ? "Media files stay where they are, as wanted."
                  : "Media files are carried over."));
    }
    return Optional.of(
        CheckResult.warning(
            id,
            "Media files are not carried over, because "
                + (media.source().isEmpty() ? "their folders are" : "Synapse's folder is")
                + " not known.",
            List.of(),
            media.source().isEmpty()
                ? "Without Dendrite's folder most scaled thumbnails are left out too."
                : "",
            "Give --dendrite-media-path and --synapse-media-path, or run \"d2s media\" before or"
                + " after the migration. --media-mode none says that it is meant so."));
  }

  private Optional<Path> source(Optional<String> configured, Console console)
      throws CommandFailedException {
    Path dendrite = dendriteOption.folder;
    if (dendrite != null) {
      if (Files.exists(dendrite) && !Files.isDirectory(dendrite)) {
        throw new CommandFailedException(
            ExitCode.USAGE, "--dendrite-media-path: " + dendrite + " is no directory");
      }
      return Optional.of(dendrite);
    }
    Optional<Path> path = here(configured).filter(Files::isDirectory);
    if (configured.isPresent() && path.isEmpty()) {
      console.warn(
          "media_api.base_path, "
              + configured.get()
              + ", is no directory here; --dendrite-media-path says where it is");
    }
    return path;
  }

  private Optional<Path> target(Optional<String> configured, Console console)
      throws CommandFailedException {
    if (synapseOption.folder != null) {
      Path synapse = synapseOption.folder;
      if (Files.exists(synapse) && !Files.isDirectory(synapse)) {
        throw new CommandFailedException(
            ExitCode.USAGE, "--synapse-media-path: " + synapse + " is no directory");
      }
      Path parent = synapse.toAbsolutePath().normalize().getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        throw new CommandFailedException(
            ExitCode.USAGE,
            "--synapse-media-path: there is no directory "
                + parent
                + ". If the path is right, make it first: mkdir -p "
                + parent);
      }
      return Optional.of(synapse);
    }
    // A folder that is made in a wrong place would hide that it is the wrong place.
    Optional<Path> path =
        here(configured).filter(folder -> Files.isDirectory(folder.toAbsolutePath().getParent()));
    if (configured.isPresent() && path.isEmpty()) {
      console.warn(
          "media_store_path, "
              + configured.get()
              + ", cannot be here; --synapse-media-path says where it is");
    }
    return path;
  }

  /** A relative path means the folder in which the server runs, which nobody knows here. */
  private static Optional<Path> here(Optional<String> configured) {
    try {
      return configured.map(Path::of).filter(Path::isAbsolute).filter(p -> p.getParent() != null);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static CommandFailedException missing(String server, String example) {
    return new CommandFailedException(
        ExitCode.USAGE, "where are " + server + "'s media files? Give for example " + example);
  }
}
