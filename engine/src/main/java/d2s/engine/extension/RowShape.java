package d2s.engine.extension;

import java.util.List;

/**
 * The name of a relation or of an emitted row, and its columns.
 *
 * <p>The order of the columns is the order of the positions in {@link Rows} and of the values in
 * {@link Emitter#emit}.
 */
public record RowShape(String name, List<String> columns) {

  public static RowShape of(String name, String... columns) {
    return new RowShape(name, List.of(columns));
  }
}
