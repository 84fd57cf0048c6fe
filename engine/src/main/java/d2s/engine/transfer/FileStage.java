package d2s.engine.transfer;

import d2s.engine.bound.BoundMapping;
import d2s.engine.files.CopyMode;
import d2s.engine.files.FileCopyException;
import d2s.engine.files.FileTaker;
import d2s.engine.files.StoreCopier;
import d2s.engine.files.StoreFolders;
import d2s.engine.files.StoreUnusableException;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Store;
import d2s.engine.plan.Plan;
import d2s.engine.prepare.Checks;
import d2s.engine.query.Queries;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.CheckResult;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.StoreResult;
import d2s.engine.sql.RowReader;
import d2s.engine.step.HookExecutor;
import d2s.engine.step.RowContext;
import d2s.engine.step.RowExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Carries the files over that the rows of some mappings stand for. */
public final class FileStage {

  /** The check that everything which makes a folder unusable belongs to. */
  private static final String FOLDERS = "-folders";

  private static final long TICK_NANOS = 200_000_000;

  private final MappingSet set;
  private final FileOptions options;
  private final boolean dryRun;
  private volatile boolean stopped;
  private volatile StoreCopier copier;

  public FileStage(MappingSet set, FileOptions options, boolean dryRun) {
    this.set = set;
    this.options = options;
    this.dryRun = dryRun;
  }

  /** Ends a run of this stage soon, from any thread; it then fails. */
  public void stop() {
    stopped = true;
    StoreCopier running = copier;
    if (running != null) {
      running.stop();
    }
  }

  /** Whether a plan has files of a store whose folders are known. */
  public boolean concerns(Plan plan) {
    return options.folders().keySet().stream()
        .anyMatch(store -> plan.steps().stream().anyMatch(step -> hasFilesOf(store, step.bound())));
  }

  /**
   * @param mappings those whose files are wanted
   * @param context reads the source; it needs no target
   */
  public List<StoreResult> run(List<BoundMapping> mappings, Queries queries, RowContext context)
      throws SQLException {
    List<StoreResult> results = new ArrayList<>();
    for (Store store : set.stores()) {
      String name = store.name().value();
      StoreFolders folders = options.folders().get(name);
      List<BoundMapping> wanted =
          mappings.stream().filter(bound -> hasFilesOf(name, bound)).toList();
      if (folders == null || wanted.isEmpty()) {
        continue;
      }
      long all =
          set.mappings().stream()
              .filter(
                  mapping ->
                      mapping.files().stream().anyMatch(file -> file.store().value().equals(name)))
              .count();
      results.add(run(store, folders, wanted, wanted.size() == all, queries, context));
    }
    return results;
  }

  /** Finds out, without reading any, whether the files are there and have room. */
  public void check(List<BoundMapping> mappings, Queries queries, RowContext context, Checks checks)
      throws SQLException {
    for (Store store : set.stores()) {
      String name = store.name().value();
      StoreFolders folders = options.folders().get(name);
      List<BoundMapping> wanted =
          mappings.stream().filter(bound -> hasFilesOf(name, bound)).toList();
      if (folders != null && !wanted.isEmpty()) {
        checks.add(folders(store, folders));
        MissingFiles missing = new MissingFiles(name, folders.source(), options.acceptMissing());
        try {
          tellFiles(name, wanted, context, missing, () -> {});
        } catch (MigrationFailedException e) {
          if (checks.hasErrors()) {
            // Rows of a database in the wrong state cannot be understood, which is no news.
            continue;
          }
          throw e;
        }
        checks.add(missing.result());
        if (options.mode() == CopyMode.COPY) {
          long bytes = context.source().use(open -> expectedBytes(store, queries, open));
          checks.add(FileSpace.check(name, folders.target(), bytes));
        }
      }
    }
  }

  /** Opens the folders as for a run, but without a file to copy. */
  private CheckResult folders(Store store, StoreFolders folders) {
    String id = store.name() + FOLDERS;
    String problem;
    if (Files.notExists(folders.source())) {
      // Right if there are no files, which is found out by those that are missing.
      return CheckResult.ok(id, "There is no folder " + folders.source() + " yet.");
    }
    try {
      StoreCopier.open(store, folders, options.mode(), 1, true).close();
      StoreCopier.requireFree(folders);
      Path existing = folders.target().toAbsolutePath();
      while (Files.notExists(existing)) {
        existing = existing.getParent();
      }
      if (Files.isWritable(existing)) {
        return CheckResult.ok(id, folders.target() + " can be written.");
      }
      if (isReadOnly(existing)) {
        return CheckResult.error(
            id,
            "Nothing can be written in " + existing + ": its file system is mounted read-only.",
            List.of(),
            "",
            "Mount it for writing (mount -o remount,rw), or give another folder.");
      }
      problem = "This user may not write in " + existing + ".";
    } catch (StoreUnusableException | FileCopyException e) {
      problem = e.getMessage();
    }
    return CheckResult.error(
        id, problem, List.of(), "", "Give folders that this user may read and write, or use sudo.");
  }

  private static boolean isReadOnly(Path folder) {
    try {
      return Files.getFileStore(folder).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasFilesOf(String store, BoundMapping bound) {
    return bound.files().stream().anyMatch(file -> file.block().store().value().equals(store));
  }

  private StoreResult run(
      Store store,
      StoreFolders folders,
      List<BoundMapping> mappings,
      boolean whole,
      Queries queries,
      RowContext context)
      throws SQLException {
    String name = store.name().value();
    if (Files.notExists(folders.source())) {
      return withoutFolder(name, folders.source());
    }
    context
        .progress()
        .startingFiles(name, context.source().use(open -> expectedBytes(store, queries, open)));
    try (StoreCopier running =
        StoreCopier.open(store, folders, options.mode(), options.threads(), dryRun)) {
      copier = running;
      if (stopped) {
        running.stop();
      }
      Runnable tick = tick(running, context.progress());
      tellFiles(name, mappings, context, running, tick);
      StoreResult result = running.finish(whole, tick);
      context.progress().copied(running.files(), running.bytes());
      context.progress().finishedFiles(result);
      return result;
    } catch (StoreUnusableException e) {
      throw new PreconditionFailedException(name + FOLDERS, List.of(e.getMessage()));
    } catch (FileCopyException e) {
      throw new MigrationFailedException(e.getMessage(), e);
    } finally {
      copier = null;
    }
  }

  private static void tellFiles(
      String store, List<BoundMapping> mappings, RowContext context, FileTaker taker, Runnable tick)
      throws SQLException {
    for (BoundMapping bound : mappings) {
      FilePlanner planner = new FilePlanner(bound, store, taker, tick);
      try (RelationReaders reading = new RelationReaders(bound, context.connections())) {
        if (bound.mapping().hook() != null) {
          new HookExecutor(bound, context, reading, planner).run();
        } else {
          new RowExecutor(bound, context, reading, planner).run();
        }
      }
    }
  }

  /**
   * Some servers make their folder with the first file: without files it is right that it is not
   * there. With files the check before has refused it.
   */
  private static StoreResult withoutFolder(String store, Path folder) {
    return new StoreResult(
        store,
        List.of(),
        List.of(),
        Map.of(),
        List.of(
            "there is no folder "
                + folder
                + "; the source knows no files either, so that nothing is missing"));
  }

  private static Runnable tick(StoreCopier copier, Progress progress) {
    long[] last = {System.nanoTime()};
    return () -> {
      long now = System.nanoTime();
      if (now - last[0] >= TICK_NANOS) {
        last[0] = now;
        progress.copied(copier.files(), copier.bytes());
      }
    };
  }

  private static long expectedBytes(Store store, Queries queries, Connection source)
      throws SQLException {
    if (store.bytes() == null) {
      return -1;
    }
    Object bytes = RowReader.scalar(source, queries.of(store.bytes().value(), Side.SOURCE));
    return bytes instanceof Number number ? number.longValue() : -1;
  }
}
