package d2s.engine.files;

import d2s.engine.concurrent.Threads;
import d2s.engine.files.FileTransfer.Done;
import d2s.engine.mapping.Store;
import d2s.engine.result.FileProblem.Kind;
import d2s.engine.result.StoreResult;
import d2s.engine.yaml.Text;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries the files of one store over, several at a time.
 *
 * <p>One thread tells which files there are, with {@link #submit} and {@link #claim}, and then
 * takes the result of {@link #finish}; {@link #stop} may come from any thread. Memory does not grow
 * with the files but for 16 bytes a path.
 */
public final class StoreCopier implements FileTaker, AutoCloseable {

  private static final int WAITING = 500;
  private static final long TICK_MILLIS = 200;

  private final Store store;
  private final Folder source;
  private final Folder target;
  private final FolderLock lock;
  private final CopyMode mode;
  private final boolean dryRun;
  private final Owner owner;
  private final long started = System.currentTimeMillis();
  private final BlockingQueue<FileRequest> queue = new ArrayBlockingQueue<>(WAITING);
  private final List<Thread> workers = new ArrayList<>();
  private final AtomicBoolean cannotLink = new AtomicBoolean();
  private final FileProblems findings = new FileProblems();
  private final PathSet claimed = new PathSet();
  private final PathSet targets = new PathSet();
  private volatile boolean complete;
  private volatile boolean stopped;
  private volatile FileCopyException failure;

  private StoreCopier(
      Store store,
      Folder source,
      Folder target,
      FolderLock lock,
      Owner owner,
      CopyMode mode,
      boolean dryRun) {
    this.store = store;
    this.source = source;
    this.target = target;
    this.lock = lock;
    this.owner = owner;
    this.mode = mode;
    this.dryRun = dryRun;
  }

  /**
   * Begins; the copier must be closed.
   *
   * @param threads how many files are worked on at a time
   * @param dryRun everything is read and checked, nothing is written
   * @throws StoreUnusableException if these folders cannot be the right ones, or another run is at
   *     work
   * @throws FileCopyException if the target's folder cannot be made or written to
   */
  public static StoreCopier open(
      Store store, StoreFolders folders, CopyMode mode, int threads, boolean dryRun)
      throws StoreUnusableException, FileCopyException {
    Folder source = source(folders.source());
    try {
      Folder target = new Folder(real(folders.target().toAbsolutePath().normalize()));
      if (target.root().startsWith(source.root()) || source.root().startsWith(target.root())) {
        throw new StoreUnusableException(
            "One of " + source.root() + " and " + target.root() + " lies in the other.");
      }
      if (!dryRun) {
        make(target.root());
      }
      Owner owner = Owner.of(dryRun ? source.root() : target.root());
      FolderLock lock = dryRun ? null : FolderLock.of(target.root());
      StoreCopier copier = new StoreCopier(store, source, target, lock, owner, mode, dryRun);
      copier.start(threads);
      return copier;
    } catch (IOException e) {
      throw new FileCopyException(
          "the folder " + folders.target() + " cannot be used: " + FileTransfer.reason(e), e);
    }
  }

  /**
   * @throws StoreUnusableException if another run is writing to the target's folder
   */
  public static void requireFree(StoreFolders folders) throws StoreUnusableException {
    FolderLock.requireFree(folders.target());
  }

  /** The path without symbolic links of a folder that need not be there. */
  private static Path real(Path folder) throws IOException {
    return Files.exists(folder) || folder.getParent() == null
        ? folder.toRealPath()
        : real(folder.getParent()).resolve(folder.getFileName());
  }

  /** A folder that is made belongs to whoever owns the one above it. */
  private static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    make(folder.getParent());
    Files.createDirectory(folder);
    Owner.of(folder.getParent()).take(folder);
  }

  private static Folder source(Path path) throws StoreUnusableException {
    try {
      if (Files.isDirectory(path)) {
        return new Folder(path.toRealPath());
      }
    } catch (IOException e) {
      throw new StoreUnusableException(
          "The folder " + path + " cannot be read: " + FileTransfer.reason(e) + ".");
    }
    throw new StoreUnusableException("There is no folder " + path + ".");
  }

  private void start(int threads) {
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(this::work, "copy files " + i);
      thread.setDaemon(true);
      workers.add(thread);
      thread.start();
    }
  }

  @Override
  public void claim(String from) {
    try {
      // As a walk through the folders will name it.
      claimed.add(Path.of(from).toString());
    } catch (InvalidPathException e) {
      // There is no such file.
      return;
    }
  }

  /** Waits while the others are behind. */
  @Override
  public void submit(FileRequest request) throws FileCopyException {
    throwIfFailed();
    claim(request.from());
    if (!targets.add(request.to())) {
      findings.add(
          request,
          new FileProblemException(
              Kind.SAME_TARGET, "another row has the same path " + request.to()));
      return;
    }
    try {
      while (!queue.offer(request, TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        throwIfFailed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileCopyException("interrupted", e);
    }
  }

  /** Files that were dealt with so far. */
  public long files() {
    return findings.files();
  }

  /** Bytes that are in the target so far, of this run and earlier ones. */
  public long bytes() {
    return findings.bytes();
  }

  /**
   * Waits for the last file, and looks for files that no row knows.
   *
   * @param whole whether all rows were told; otherwise nobody can say which files have none
   * @param tick is called a few times a second meanwhile
   */
  public StoreResult finish(boolean whole, Runnable tick) throws FileCopyException {
    complete = true;
    try {
      for (Thread worker : workers) {
        while (worker.isAlive()) {
          worker.join(TICK_MILLIS);
          tick.run();
        }
      }
      throwIfFailed();
      if (whole) {
        List<String> ignored = store.ignore().stream().map(Text::value).toList();
        new UnclaimedFiles(source.root(), ignored, claimed, started, () -> stopped)
            .report(findings);
      }
      throwIfFailed();
      if (!dryRun) {
        sync(target.root());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileCopyException("interrupted", e);
    } catch (IOException e) {
      throw new FileCopyException(
          "the folder " + source.root() + " cannot be read: " + FileTransfer.reason(e), e);
    }
    return findings.result(store.name().value(), notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (mode == CopyMode.LINK && cannotLink.get()) {
      notes.add(
          "files were copied instead of linked: links need both folders in one file system, and the"
              + " right to link files of their owner");
    }
    if (owner.wasRefused()) {
      notes.add(
          "the copied files belong to the user who ran this, not to the owner of "
              + target.root()
              + "; the server that uses them must be able to read them");
    }
    return notes;
  }

  /** Puts the names of the files on the disk too, as far as a file system lets us. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The contents are on the disk; a name that is lost in a power cut is made by the next run.
      return;
    }
  }

  /** Ends everything soon, leaving what is finished. */
  public void stop() {
    stopped = true;
    workers.forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    stop();
    workers.forEach(worker -> Threads.joinUninterruptibly(worker, () -> {}));
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // The lock itself ends with the channel; a file that is left is in nobody's way.
        return;
      }
    }
  }

  private void work() {
    FileTransfer transfer = new FileTransfer(source, target, owner, mode, dryRun, cannotLink);
    try {
      while (!stopped && failure == null) {
        FileRequest request = queue.poll(50, TimeUnit.MILLISECONDS);
        if (request != null) {
          carry(transfer, request);
        } else if (complete && queue.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
    } catch (FileCopyException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = new FileCopyException("a fault while copying files: " + e, e);
    }
  }

  private void carry(FileTransfer transfer, FileRequest request)
      throws FileCopyException, ClosedByInterruptException {
    try {
      Done done = transfer.carry(request);
      findings.add(request, done);
    } catch (FileProblemException e) {
      findings.add(request, e);
    }
  }

  private void throwIfFailed() throws FileCopyException {
    if (failure != null) {
      throw new FileCopyException(failure.getMessage(), failure);
    }
    if (stopped) {
      throw new FileCopyException("stopped while copying files", null);
    }
  }
}
