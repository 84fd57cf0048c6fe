package d2s.engine.write;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundBlock;
import d2s.engine.bound.BoundMapping.BoundColumn;
import d2s.engine.expression.EvaluationException;
import d2s.engine.expression.ValueKind;
import d2s.engine.function.Elements;
import d2s.engine.result.RowFailedException;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
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
public final class RowWriter implements RowSink {

  private static final int CHUNK_BYTES = 4 * 1024 * 1024;

  private final CopyWriter writer;

  /** By identity: a block is a deep record, and is looked up for every row. */
  private final Map<BoundBlock, BinaryCopyEncoder> buffers = new IdentityHashMap<>();

  private final Map<BoundBlock, List<int[]>> indexes = new IdentityHashMap<>();
  private final Map<String, List<BoundBlock>> byRows = new HashMap<>();
  private final List<BinaryCopyEncoder> inOrder = new ArrayList<>();
  private final Map<String, Long> written = new LinkedHashMap<>();
  private int pending;

  /**
   * @param widths of the indexes that the target has, also those that are made again later
   * @param writer null if the rows are only to be looked at
   */
  public RowWriter(BoundMapping bound, Catalog target, IndexWidths widths, CopyWriter writer) {
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
      BinaryCopyEncoder buffer =
          new BinaryCopyEncoder(
              block.table().name(), block.columns().stream().map(BoundColumn::column).toList());
      buffers.put(block, buffer);
      indexes.put(block, widths.of(block.table().name(), names(block)));
      inOrder.add(buffer);
      written.putIfAbsent(block.table().name(), 0L);
    }
  }

  /** A table comes after every table of the same mapping that it refers to. */
  private static int rank(
      String table, Catalog target, BoundMapping bound, Map<String, Integer> ranks) {
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
  public void accept(String rows, Object[] frame, Supplier<String> rowName) {
    inOrder.forEach(BinaryCopyEncoder::mark);
    int before = pending;
    try {
      for (BoundBlock block : byRows.getOrDefault(rows, List.of())) {
        write(block, frame, rowName);
      }
    } catch (RowFailedException e) {
      inOrder.forEach(BinaryCopyEncoder::backToMark);
      pending = before;
      throw e;
    }
    if (pending > CHUNK_BYTES) {
      send();
    }
  }

  /** Writes the rows that a block makes of a frame. */
  private void write(BoundBlock block, Object[] outer, Supplier<String> rowName) {
    try {
      if (block.forEach() == null) {
        writeRow(block, outer, rowName);
        return;
      }
      Object[] frame = Arrays.copyOf(outer, block.scope().size());
      for (Object element : elements(block, block.forEach().evaluate(outer))) {
        frame[block.eachSlot()] = element;
        writeRow(block, frame, rowName);
      }
    } catch (EvaluationException e) {
      throw new RowFailedException(
          failure(e.at(), block, rowName, e.getMessage()), e.getMessage(), e);
    }
  }

  private static List<?> elements(BoundBlock block, Object value) {
    List<?> elements = value == null ? List.of() : Elements.of(value);
    if (elements == null) {
      throw new EvaluationException(
          block.block().forEach().list().at(),
          "for_each needs a list, not " + ValueKind.of(value),
          null);
    }
    return elements;
  }

  private void writeRow(BoundBlock block, Object[] frame, Supplier<String> rowName) {
    if (block.when() != null && !isTrue(block.when().evaluate(frame))) {
      return;
    }
    BinaryCopyEncoder buffer = buffers.get(block);
    int before = buffer.size();
    buffer.startRow();
    int[] sizes = new int[block.columns().size()];
    for (int i = 0; i < sizes.length; i++) {
      BoundColumn column = block.columns().get(i);
      try {
        int start = buffer.size();
        Object value = column.value().evaluate(frame);
        if (column.sql() == null) {
          buffer.value(column.column(), value);
        } else {
          buffer.defer(column, value);
        }
        sizes[i] = buffer.size() - start;
      } catch (ColumnValueException e) {
        String reason = "the column " + column.column().name() + " " + e.getMessage();
        throw new RowFailedException(failure(column.at(), block, rowName, reason), reason, e);
      }
    }
    if (buffer.size() - before > IndexWidths.LIMIT) {
      String reason = IndexWidths.tooWide(indexes.get(block), names(block), sizes);
      if (reason != null) {
        throw new RowFailedException(
            failure(block.block().table().at(), block, rowName, reason), reason, null);
      }
    }
    buffer.endRow();
    pending += buffer.size() - before;
  }

  private static List<String> names(BoundBlock block) {
    return block.columns().stream().map(column -> column.column().name()).toList();
  }

  public static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value);
  }

  private static String failure(
      Position at, BoundBlock block, Supplier<String> rowName, String reason) {
    return at.message(block.table().name() + ", " + rowName.get() + ": " + reason);
  }

  /** Sends what is still here and waits until the target has it. */
  public Map<String, Long> finish() {
    send();
    if (writer != null) {
      writer.finish();
    }
    return written;
  }

  private void send() {
    List<CopyChunk> chunks = new ArrayList<>();
    for (BinaryCopyEncoder buffer : inOrder) {
      if (buffer.rows() > 0) {
        written.merge(buffer.table(), buffer.rows(), Long::sum);
        chunks.add(buffer.take());
      }
    }
    pending = 0;
    if (writer != null) {
      writer.send(chunks);
    }
  }
}
