package d2s.engine.run;

import d2s.engine.check.Bound;
import d2s.engine.check.Bound.BoundBlock;
import d2s.engine.check.Bound.BoundColumn;
import d2s.engine.expression.Elements;
import d2s.engine.expression.ExpressionFailed;
import d2s.engine.expression.ValueKind;
import d2s.engine.run.CopyBuffer.MisfitException;
import d2s.engine.run.CopyWriter.TargetException;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Table;
import d2s.engine.spec.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Turns frames into rows of the target tables of one mapping and sends them in chunks.
 *
 * <p>All tables are sent together, those that others refer to first, so that no foreign key is ever
 * ahead of its target.
 */
final class TargetRows implements RowTaker {

  private static final int CHUNK_BYTES = 4 * 1024 * 1024;

  private final CopyWriter writer;

  /** By identity: a block is a deep record, and is looked up for every row. */
  private final Map<BoundBlock, CopyBuffer> buffers = new IdentityHashMap<>();

  private final Map<String, List<BoundBlock>> byRows = new HashMap<>();
  private final List<CopyBuffer> inOrder = new ArrayList<>();
  private final Map<String, Long> written = new LinkedHashMap<>();
  private int pending;

  TargetRows(Bound bound, Catalog target, CopyWriter writer) {
    this.writer = writer;
    for (BoundBlock block : bound.blocks()) {
      String rows = block.block().rows() == null ? ROWS : block.block().rows().value();
      byRows.computeIfAbsent(rows, name -> new ArrayList<>()).add(block);
    }
    List<BoundBlock> ordered = new ArrayList<>(bound.blocks());
    Map<String, Integer> ranks = new HashMap<>();
    ordered.forEach(block -> rank(block.table().name(), target, bound, ranks));
    ordered.sort(Comparator.comparing(block -> ranks.get(block.table().name())));
    for (BoundBlock block : ordered) {
      CopyBuffer buffer =
          new CopyBuffer(
              block.table().name(), block.columns().stream().map(BoundColumn::column).toList());
      buffers.put(block, buffer);
      inOrder.add(buffer);
      written.putIfAbsent(block.table().name(), 0L);
    }
  }

  /** A table comes after every table of the same mapping that it refers to. */
  private static int rank(String table, Catalog target, Bound bound, Map<String, Integer> ranks) {
    Integer known = ranks.get(table);
    if (known != null) {
      return known;
    }
    ranks.put(table, 0);
    int rank = 0;
    for (ForeignKey key : target.table(table).map(Table::foreignKeys).orElse(List.of())) {
      boolean here =
          bound.blocks().stream().anyMatch(block -> block.table().name().equals(key.targetTable()));
      if (here && !key.targetTable().equals(table)) {
        rank = Math.max(rank, 1 + rank(key.targetTable(), target, bound, ranks));
      }
    }
    ranks.put(table, rank);
    return rank;
  }

  @Override
  public void take(String rows, Object[] frame, Supplier<String> rowName) throws TargetException {
    for (BoundBlock block : byRows.getOrDefault(rows, List.of())) {
      write(block, frame, rowName);
    }
  }

  /** Writes the rows that a block makes of a frame. */
  private void write(BoundBlock block, Object[] outer, Supplier<String> rowName)
      throws TargetException {
    try {
      if (block.each() == null) {
        writeRow(block, outer, rowName);
        return;
      }
      Object[] frame = Arrays.copyOf(outer, block.scope().size());
      for (Object element : elements(block, block.each().evaluate(outer))) {
        frame[block.eachSlot()] = element;
        writeRow(block, frame, rowName);
      }
    } catch (ExpressionFailed e) {
      throw new RunFailed(failure(e.at(), block, rowName, e.getMessage()), e);
    }
  }

  private static List<?> elements(BoundBlock block, Object value) {
    List<?> elements = value == null ? List.of() : Elements.of(value);
    if (elements == null) {
      throw new ExpressionFailed(
          block.block().each().list().at(), "each needs a list, not " + ValueKind.of(value), null);
    }
    return elements;
  }

  private void writeRow(BoundBlock block, Object[] frame, Supplier<String> rowName)
      throws TargetException {
    if (block.when() != null && !isTrue(block.when().evaluate(frame))) {
      return;
    }
    CopyBuffer buffer = buffers.get(block);
    int before = buffer.size();
    buffer.startRow();
    for (BoundColumn column : block.columns()) {
      try {
        Object value = column.value().evaluate(frame);
        if (column.sql() == null) {
          buffer.value(column.column(), value);
        } else {
          buffer.later(column, value);
        }
      } catch (MisfitException e) {
        buffer.dropRow();
        throw new RunFailed(
            failure(
                column.at(),
                block,
                rowName,
                "the column " + column.column().name() + " " + e.getMessage()),
            e);
      }
    }
    buffer.endRow();
    pending += buffer.size() - before;
    if (pending > CHUNK_BYTES) {
      send();
    }
  }

  static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value);
  }

  private static String failure(
      Position at, BoundBlock block, Supplier<String> rowName, String reason) {
    return at
        + ": "
        + block.table().name()
        + ", "
        + rowName.get()
        + ": "
        + reason
        + "\n  "
        + at.source().line(at.line()).strip();
  }

  /** Sends what is still here and waits until the target has it. */
  Map<String, Long> finish() throws TargetException {
    send();
    writer.finish();
    return written;
  }

  private void send() throws TargetException {
    List<CopyChunk> chunks = new ArrayList<>();
    for (CopyBuffer buffer : inOrder) {
      if (buffer.rows() > 0) {
        written.merge(buffer.table(), buffer.rows(), Long::sum);
        chunks.add(buffer.take());
      }
    }
    pending = 0;
    writer.send(chunks);
  }
}
