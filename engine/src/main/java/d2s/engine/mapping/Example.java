package d2s.engine.mapping;

import d2s.engine.yaml.Literal;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Text;
import java.util.List;

/**
 * What a mapping makes of some rows. It is read by people, and tried with the databases.
 *
 * @param description what the example shows, as a sentence
 * @param with other mappings that run too
 * @param facts values of facts in this example
 * @param added columns that the source has beside those of its catalog
 * @param source rows of the source, by table
 * @param given rows that the target has before, by table
 * @param target rows that the target has afterwards, by table
 * @param skipped what is not migrated
 * @param files the files that the rows stand for, by store
 * @param sequences the last values of sequences of the target
 * @param versions the target versions that the example is for
 */
public record Example(
    Text description,
    List<Text> with,
    List<Cell> facts,
    List<AddedColumn> added,
    List<Rows> source,
    List<Rows> given,
    List<Rows> target,
    List<NotMigrated> skipped,
    List<Rows> files,
    List<Cell> sequences,
    VersionRange versions) {

  /**
   * Rows of a table, or files of a store.
   *
   * @param count how many there are, where nothing else is said of them; null where {@code rows} is
   *     given
   */
  public record Rows(Text table, Literal count, List<Row> rows) {

    /** How many rows there are. */
    public long size() {
      return count == null ? rows.size() : (Long) count.content();
    }
  }

  /** A column that only some databases have, such as those of a fork, and may be NULL. */
  public record AddedColumn(Text table, Text name, Text type) {}

  /** A row with the columns that the example names. */
  public record Row(Position at, List<Cell> cells) {}

  /** A named value. */
  public record Cell(Text name, Literal value) {}

  /**
   * Something that is not migrated.
   *
   * @param item as it is named in the report
   * @param reason a part of the reason in the report; null where any will do
   */
  public record NotMigrated(Text item, Text reason) {}
}
