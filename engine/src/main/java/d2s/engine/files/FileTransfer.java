package d2s.engine.files;

import d2s.engine.result.FileProblem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries single files over; one instance per thread.
 *
 * <p>A file has its name in the target only when all of it is there, checked and on the disk: it is
 * written under another name first. So a file that is found under its name with the size and the
 * time of the original is one that an earlier run has finished, and is left alone without being
 * read again.
 */
final class FileTransfer {

  /** The other name: no server uses such names, and a later run uses the same one again. */
  private static final String UNFINISHED = "~%016x";

  static final String UNFINISHED_PATTERN = "~[0-9a-f]{16}";

  private final Folder source;
  private final Folder target;
  private final Owner owner;
  private final CopyMode mode;
  private final boolean dryRun;
  private final AtomicBoolean cannotLink;
  private final ByteBuffer buffer = Content.buffer();
  private final MessageDigest nameDigest = Content.sha256();

  /** How a file got there. */
  enum Way {
    COPIED,
    LINKED,
    UNCHANGED
  }

  /** A file that is in the target. */
  record Done(Way way, long bytes) {}

  /**
   * @param dryRun everything is read and checked, nothing is written
   * @param cannotLink is set when a link had to be a copy
   */
  FileTransfer(
      Folder source,
      Folder target,
      Owner owner,
      CopyMode mode,
      boolean dryRun,
      AtomicBoolean cannotLink) {
    this.source = source;
    this.target = target;
    this.owner = owner;
    this.mode = mode;
    this.dryRun = dryRun;
    this.cannotLink = cannotLink;
  }

  /**
   * @throws FileProblemException if this file cannot be carried over
   * @throws FileCopyException if none can be, because the target cannot be written to
   * @throws ClosedByInterruptException if this thread was interrupted
   */
  Done carry(FileRequest request)
      throws FileProblemException, FileCopyException, ClosedByInterruptException {
    Path from = source.file(request.from());
    Path to = target.file(request.to());
    if (to.getFileName().toString().matches(UNFINISHED_PATTERN)) {
      throw new FileProblemException(Kind.BAD_PATH, "such names are kept for unfinished files");
    }
    BasicFileAttributes found = original(from);
    if (isThere(request, from, found, to)) {
      return new Done(Way.UNCHANGED, found == null ? Math.max(0, request.size()) : found.size());
    }
    if (found == null) {
      throw new FileProblemException(Kind.NO_FILE, "");
    }
    if (!found.isRegularFile()) {
      throw new FileProblemException(Kind.UNREADABLE, "it is not a file");
    }
    requireSize(request, found.size());
    if (dryRun) {
      requireHash(request, from);
      return new Done(mode == CopyMode.LINK ? Way.LINKED : Way.COPIED, found.size());
    }
    try {
      target.hasParents(to, owner);
      return new Done(write(request, from, found, to), found.size());
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new FileCopyException("cannot write " + to + ": " + reason(e), e);
    }
  }

  private static BasicFileAttributes original(Path from) throws FileProblemException {
    try {
      return Files.readAttributes(from, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Whether an earlier run has done this file, or somebody else has put the right one there. */
  private boolean isThere(FileRequest request, Path from, BasicFileAttributes original, Path to)
      throws FileProblemException, FileCopyException, ClosedByInterruptException {
    try {
      BasicFileAttributes there = target.hasParents(to, null) ? Folder.attributes(to) : null;
      if (there == null) {
        return false;
      }
      if (there.isDirectory()) {
        throw new FileProblemException(Kind.BAD_PATH, request.to() + " in the target is a folder");
      }
      long size = request.size() >= 0 || original == null ? request.size() : original.size();
      if (!there.isRegularFile() || there.size() != size) {
        return false;
      }
      boolean sameSize = original != null && original.size() == size;
      if (sameSize
          && (there.lastModifiedTime().equals(original.lastModifiedTime())
              || Files.isSameFile(from, to))) {
        return true;
      }
      if (request.sha256() == null) {
        return sameSize && Files.mismatch(from, to) < 0;
      }
      if (!Content.hash(to, buffer).equalsIgnoreCase(request.sha256())) {
        return false;
      }
      if (sameSize && !dryRun) {
        // The next run need not read it again.
        Files.setLastModifiedTime(to, original.lastModifiedTime());
      }
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new FileCopyException("cannot read " + to + ": " + reason(e), e);
    }
  }

  private Way write(FileRequest request, Path from, BasicFileAttributes original, Path to)
      throws FileProblemException, IOException {
    Path unfinished = to.resolveSibling(unfinishedName(to));
    Files.deleteIfExists(unfinished);
    try {
      Way way = fill(request, from, original.lastModifiedTime(), unfinished);
      Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
      return way;
    } catch (FileProblemException | IOException e) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private Way fill(FileRequest request, Path from, FileTime time, Path unfinished)
      throws FileProblemException, IOException {
    if (mode == CopyMode.LINK && !cannotLink.get()) {
      requireHash(request, from);
      if (link(from, unfinished)) {
        return Way.LINKED;
      }
    }
    if (mode == CopyMode.CLONE) {
      requireHash(request, from);
      duplicate(request, from, time, unfinished);
    } else {
      copy(request, from, time, unfinished);
    }
    return Way.COPIED;
  }

  private boolean link(Path from, Path unfinished) {
    try {
      Files.createLink(unfinished, from.toRealPath());
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      // Another file system, or somebody else's file: the next one will be no better. Only too many
      // names are a matter of one file.
      boolean ofThisFile = e.getMessage() != null && e.getMessage().contains("Too many links");
      cannotLink.compareAndSet(false, !ofThisFile);
      return false;
    }
  }

  /** Copies and checks what is copied, in one pass. */
  private void copy(FileRequest request, Path from, FileTime time, Path unfinished)
      throws FileProblemException, IOException {
    MessageDigest digest = Content.sha256();
    long bytes = 0;
    try (FileChannel in = open(from);
        FileChannel out = create(unfinished)) {
      buffer.clear();
      while (read(in) >= 0) {
        bytes += buffer.flip().remaining();
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        buffer.clear();
      }
      requireSize(request, bytes);
      requireHash(request, HexFormat.of().formatHex(digest.digest()));
      finish(out, unfinished, time);
    }
  }

  /** Lets the kernel copy a file that was checked. */
  private void duplicate(FileRequest request, Path from, FileTime time, Path unfinished)
      throws FileProblemException, IOException {
    try (FileChannel in = open(from);
        FileChannel out = create(unfinished)) {
      long size = in.size();
      long at = 0;
      while (at < size) {
        long moved = in.transferTo(at, size - at, out);
        if (moved <= 0) {
          throw new FileProblemException(Kind.WRONG_SIZE, "it was cut while it was copied");
        }
        at += moved;
      }
      requireSize(request, at);
      finish(out, unfinished, time);
    }
  }

  private void finish(FileChannel out, Path unfinished, FileTime time) throws IOException {
    owner.take(unfinished);
    Files.setLastModifiedTime(unfinished, time);
    out.force(true);
  }

  private static FileChannel create(Path unfinished) throws IOException {
    return FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static FileChannel open(Path from) throws FileProblemException {
    try {
      return FileChannel.open(from, StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private int read(FileChannel in) throws FileProblemException, ClosedByInterruptException {
    try {
      return in.read(buffer);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static void requireSize(FileRequest request, long actual) throws FileProblemException {
    if (request.size() >= 0 && request.size() != actual) {
      throw new FileProblemException(
          Kind.WRONG_SIZE, actual + " bytes on disk, " + request.size() + " in the database");
    }
  }

  private void requireHash(FileRequest request, Path from)
      throws FileProblemException, ClosedByInterruptException {
    if (request.sha256() == null) {
      return;
    }
    try {
      requireHash(request, Content.hash(from, buffer));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static void requireHash(FileRequest request, String actual) throws FileProblemException {
    if (request.sha256() != null && !request.sha256().equalsIgnoreCase(actual)) {
      throw new FileProblemException(Kind.WRONG_HASH, "its SHA-256 is " + actual);
    }
  }

  private String unfinishedName(Path to) {
    byte[] name = to.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    return String.format(UNFINISHED, Content.firstBytes(nameDigest.digest(name)));
  }

  private static FileProblemException unreadable(IOException e) {
    return new FileProblemException(Kind.UNREADABLE, reason(e));
  }

  /** What the system says, without the path, which is said elsewhere. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    if (e instanceof AccessDeniedException) {
      return "this user may not";
    }
    return e instanceof FileSystemException ? e.getClass().getSimpleName() : e.getMessage();
  }
}
