package d2s.engine.docs;

import d2s.engine.mapping.Fact;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one mapping makes of what.
 *
 * @param fillings in the order of the file
 * @param lets for each let the columns that it is made of, in the order of the file
 * @param hook the columns that a hook gets; none without one
 * @param files the columns that decide where files are and go
 * @param reads every column that it reads, also those that only decide which rows there are
 * @param tables every table that it reads, on both sides
 * @param facts the facts that it uses, also by way of views
 * @param views the views that it uses, also by way of others
 */
public record MappingLineage(
    Mapping mapping,
    List<Filling> fillings,
    Map<String, SortedSet<TableColumn>> lets,
    SortedSet<TableColumn> hook,
    SortedSet<TableColumn> files,
    SortedSet<TableColumn> reads,
    Map<Side, SortedSet<String>> tables,
    List<Fact> facts,
    List<View> views) {

  public String name() {
    return mapping.name().value();
  }

  /** The target tables that it writes to. */
  public SortedSet<String> fills() {
    SortedSet<String> tables = new TreeSet<>();
    fillings.forEach(filling -> tables.add(filling.to().table()));
    return tables;
  }
}
