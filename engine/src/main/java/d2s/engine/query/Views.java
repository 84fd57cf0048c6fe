package d2s.engine.query;

import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The views of a mapping set that SQL uses. */
public final class Views {

  private Views() {}

  /**
   * The views that SQL texts mention, and those that these views mention, in the order of the set.
   */
  public static List<View> usedBy(Collection<String> sql, Side side, List<View> views) {
    List<String> texts = new ArrayList<>(sql);
    Deque<View> used = new ArrayDeque<>();
    // A view can use those above it, so the last ones are looked for first.
    for (int i = views.size() - 1; i >= 0; i--) {
      View view = views.get(i);
      if (view.side() == side
          && texts.stream().anyMatch(text -> Queries.mentions(text, view.name().value()))) {
        used.addFirst(view);
        texts.add(view.sql().value());
      }
    }
    return List.copyOf(used);
  }

  /** SQL texts and the texts of all views that they use. */
  public static List<String> withUsed(Collection<String> sql, Side side, List<View> views) {
    List<String> texts = new ArrayList<>(sql);
    usedBy(sql, side, views).forEach(view -> texts.add(view.sql().value()));
    return texts;
  }
}
