package d2s.engine.check;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds two mappings that write the same rows of one table: a file that was copied and kept. */
final class DuplicateCheck {

  private final Map<List<Object>, Text> seen = new HashMap<>();
  private final Problems problems;

  DuplicateCheck(Problems problems) {
    this.problems = problems;
  }

  void check(Mapping mapping) {
    if (mapping.hook() != null || mapping.from().size() != 1) {
      return;
    }
    Relation from = mapping.from().get(0);
    List<Object> rows =
        List.of(from.side(), text(from.table()), text(from.sql()), text(from.where()));
    for (Block block : mapping.to()) {
      if (block.when() != null || block.forEach() != null) {
        continue;
      }
      List<Object> what =
          List.of(
              rows,
              block.table().value(),
              block.columns().stream().map(column -> column.name().value()).sorted().toList());
      Text other = seen.putIfAbsent(what, block.table());
      if (other != null && other.at().source() != block.table().at().source()) {
        problems.add(
            block.table().at(),
            "the same columns of "
                + block.table()
                + " are filled from the same rows at "
                + other.at()
                + "; every row would come twice");
      }
    }
  }

  private static String text(Text text) {
    return text == null ? "" : text.value().replaceAll("\\s+", " ").strip();
  }
}
