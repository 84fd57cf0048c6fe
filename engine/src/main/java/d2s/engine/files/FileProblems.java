package d2s.engine.files;

import d2s.engine.files.FileTransfer.Done;
import d2s.engine.files.FileTransfer.Way;
import d2s.engine.result.FileProblem;
import d2s.engine.result.FileProblem.Kind;
import d2s.engine.result.FileTally;
import d2s.engine.result.StoreResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what became of the files. Safe for use by several threads. */
final class FileProblems {

  /** Names of one kind that are kept; the rest is only counted. */
  private static final int NAMES_PER_KIND = 10_000;

  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<FileProblem> problems = new ArrayList<>();
  private long files;
  private long bytes;

  private static final class Tally {
    private final long[] files = new long[Way.values().length];
    private final long[] bytes = new long[Way.values().length];
    private long failed;
  }

  synchronized void add(FileRequest request, Done done) {
    Tally tally = tallies.computeIfAbsent(request.mapping(), mapping -> new Tally());
    tally.files[done.way().ordinal()]++;
    tally.bytes[done.way().ordinal()] += done.bytes();
    files++;
    bytes += done.bytes();
  }

  synchronized void add(FileRequest request, FileProblemException problem) {
    tallies.computeIfAbsent(request.mapping(), mapping -> new Tally()).failed++;
    files++;
    bytes += Math.max(0, request.size());
    add(
        new FileProblem(
            problem.kind(),
            request.mapping(),
            request.what(),
            request.from(),
            problem.getMessage()));
  }

  synchronized void add(FileProblem problem) {
    if (counts.merge(problem.kind(), 1L, Long::sum) <= NAMES_PER_KIND) {
      problems.add(problem);
    }
  }

  synchronized long files() {
    return files;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized StoreResult result(String store, List<String> notes) {
    List<FileTally> result = new ArrayList<>();
    tallies.forEach((mapping, tally) -> result.add(tally(mapping, tally)));
    // Threads come in any order; people want the same one each time.
    List<FileProblem> sorted =
        problems.stream()
            .sorted(
                Comparator.comparing(FileProblem::kind)
                    .thenComparing(FileProblem::mapping)
                    .thenComparing(FileProblem::path)
                    .thenComparing(FileProblem::what))
            .toList();
    return new StoreResult(store, result, sorted, new EnumMap<>(counts), notes);
  }

  private static FileTally tally(String mapping, Tally tally) {
    int copied = Way.COPIED.ordinal();
    int linked = Way.LINKED.ordinal();
    int unchanged = Way.UNCHANGED.ordinal();
    return new FileTally(
        mapping,
        tally.files[copied],
        tally.bytes[copied],
        tally.files[linked],
        tally.bytes[linked],
        tally.files[unchanged],
        tally.bytes[unchanged],
        tally.failed);
  }
}
