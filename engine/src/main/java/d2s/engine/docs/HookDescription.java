package d2s.engine.docs;

import d2s.engine.check.HookTable;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a hook says of itself.
 *
 * @param text what it computes; empty if it does not say
 * @param shapes the rows that it reads, then those that it computes
 */
public record HookDescription(String text, List<Shape> shapes) {

  /**
   * Rows that a hook reads or computes.
   *
   * @param isRead whether they are read
   */
  public record Shape(String name, boolean isRead, List<String> columns) {}

  /** The hook of this name; empty if there is none on the class path. */
  static Optional<HookDescription> of(String name) {
    HookTable hooks = HookTable.load();
    if (!hooks.names().contains(name)) {
      return Optional.empty();
    }
    Hook hook = hooks.create(name);
    List<Shape> shapes = new ArrayList<>();
    hook.reads().forEach(shape -> shapes.add(shape(shape, true)));
    hook.emits().forEach(shape -> shapes.add(shape(shape, false)));
    return Optional.of(new HookDescription(hook.description(), List.copyOf(shapes)));
  }

  private static Shape shape(RowShape shape, boolean isRead) {
    return new Shape(shape.name(), isRead, shape.columns());
  }
}
