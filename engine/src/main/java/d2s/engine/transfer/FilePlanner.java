package d2s.engine.transfer;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundFile;
import d2s.engine.expression.Compiled;
import d2s.engine.expression.EvaluationException;
import d2s.engine.files.FileCopyException;
import d2s.engine.files.FileRequest;
import d2s.engine.files.FileTaker;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.RowFailedException;
import d2s.engine.write.RowSink;
import d2s.engine.write.RowWriter;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells a copier which files the rows of a mapping stand for. */
final class FilePlanner implements RowSink {

  private final String mapping;
  private final Map<String, List<BoundFile>> byRows = new HashMap<>();
  private final FileTaker taker;
  private final Runnable tick;

  /**
   * @param store the store whose files are meant
   * @param tick is called with every row
   */
  FilePlanner(BoundMapping bound, String store, FileTaker taker, Runnable tick) {
    this.mapping = bound.mapping().name().value();
    this.taker = taker;
    this.tick = tick;
    for (BoundFile file : bound.files()) {
      if (file.block().store().value().equals(store)) {
        String rows = file.block().rows() == null ? ROWS : file.block().rows().value();
        byRows.computeIfAbsent(rows, name -> new ArrayList<>()).add(file);
      }
    }
  }

  @Override
  public void accept(String rows, Object[] frame, Supplier<String> rowName) {
    tick.run();
    for (BoundFile file : byRows.getOrDefault(rows, List.of())) {
      try {
        take(file, frame, rowName);
      } catch (FileCopyException e) {
        throw new MigrationFailedException(e.getMessage(), e);
      }
    }
  }

  private void take(BoundFile file, Object[] frame, Supplier<String> rowName)
      throws FileCopyException {
    if (file.when() != null && !RowWriter.isTrue(value(file.when(), frame, rowName))) {
      return;
    }
    String from = text(file.block().from(), file.from(), frame, rowName);
    if (from == null) {
      return;
    }
    String to = file.to() == null ? null : text(file.block().to(), file.to(), frame, rowName);
    if (to == null) {
      taker.claim(from);
      return;
    }
    Object size = file.size() == null ? null : value(file.size(), frame, rowName);
    String sha256 =
        file.sha256() == null ? null : text(file.block().sha256(), file.sha256(), frame, rowName);
    taker.submit(
        new FileRequest(
            mapping,
            rowName.get(),
            from,
            to,
            size instanceof Number bytes ? bytes.longValue() : -1,
            sha256));
  }

  /** The file of a row that is not carried over has a row nevertheless. */
  @Override
  public void skipped(Object[] frame) {
    for (BoundFile file : byRows.getOrDefault(ROWS, List.of())) {
      try {
        if (file.from().evaluate(frame) instanceof String from) {
          taker.claim(from);
        }
      } catch (EvaluationException e) {
        // What is wrong with the row is reported already.
        continue;
      }
    }
  }

  private static String text(
      Value.Expression expression, Compiled compiled, Object[] frame, Supplier<String> rowName) {
    Object value = value(compiled, frame, rowName);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new RowFailedException(
        failure(expression.at(), rowName, "this must be a text"),
        "a path or a hash is not a text",
        null);
  }

  private static Object value(Compiled compiled, Object[] frame, Supplier<String> rowName) {
    try {
      return compiled.evaluate(frame);
    } catch (EvaluationException e) {
      throw new RowFailedException(failure(e.at(), rowName, e.getMessage()), e.getMessage(), e);
    }
  }

  private static String failure(Position at, Supplier<String> rowName, String reason) {
    return at.message(rowName.get() + ": " + reason);
  }
}
