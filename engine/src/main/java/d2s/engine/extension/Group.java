package d2s.engine.extension;

/** The rows of all relations of a mapping that share one value of the group key. */
public interface Group {

  /** The value of the group key: a {@link String} or a {@link Long}. */
  Object key();

  /**
   * The rows of one relation that belong to this group, in the order of the relation's query. They
   * are streamed: a relation can be read once per group.
   *
   * @throws IllegalArgumentException if the hook did not declare this relation
   */
  Rows rows(String relation);

  /** The rows of the relation that has this shape. */
  default Rows rows(RowShape shape) {
    return rows(shape.name());
  }
}
