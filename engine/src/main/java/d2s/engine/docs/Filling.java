package d2s.engine.docs;

import d2s.engine.mapping.Mapping;
import d2s.engine.yaml.Text;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One way in which a column of the target gets its value.
 *
 * @param column its name in the mapping file
 * @param value the expression, constant or SQL as it stands in the file
 * @param sql what the target makes of the value; null to take it as it is
 * @param versions the versions of the target for which this is so; empty for all
 * @param comment the reason that stands beside it in the file; empty if there is none
 * @param from the columns that the value is made of; none for a constant, and for what a hook
 *     computes
 * @param hookRow which row of a hook the value comes from; null without a hook
 */
public record Filling(
    Mapping mapping,
    TableColumn to,
    Text column,
    String value,
    String sql,
    String versions,
    String comment,
    SortedSet<TableColumn> from,
    String hookRow) {

  public Filling {
    from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
  }
}
