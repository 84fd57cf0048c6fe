package d2s.engine.loader;

import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.VersionRange;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a ledger file: what no mapping reads, or what no mapping fills, and why. */
final class LedgerReader {

  private final String versionKey;

  LedgerReader(String versionKey) {
    this.versionKey = versionKey;
  }

  /** Whether a file is a ledger and not a mapping. */
  static boolean isLedger(YamlObject yaml) {
    return yaml.has("ledger");
  }

  List<LedgerEntry> read(YamlObject yaml) {
    yaml.allow(Set.of("ledger", "description", "tables"));
    yaml.requiredText("description");
    Text sideName = yaml.requiredText("ledger");
    Side side = sideName.value().equals("target") ? Side.TARGET : Side.SOURCE;
    if (!sideName.value().equals(side.toString())) {
      yaml.problem(
          sideName.at(),
          "say source (columns that are not carried over) or target (columns that start empty)");
    }
    List<LedgerEntry> entries = new ArrayList<>();
    YamlObject tables = yaml.object("tables");
    if (tables == null) {
      return entries;
    }
    for (Text table : tables.keys()) {
      if (!tables.isObject(table.value())) {
        entries.add(
            new LedgerEntry(
                side, table, null, tables.requiredText(table.value()), VersionRange.ALWAYS));
        continue;
      }
      YamlObject columns = tables.object(table.value());
      if (columns.isScalar(versionKey)) {
        columns.allow(Set.of("reason", versionKey));
        entries.add(
            new LedgerEntry(
                side,
                table,
                null,
                columns.requiredText("reason"),
                SetReader.versions(columns, versionKey)));
        continue;
      }
      for (Text column : columns.keys()) {
        entries.add(entry(side, table, column, columns));
      }
    }
    return entries;
  }

  private LedgerEntry entry(Side side, Text table, Text column, YamlObject columns) {
    String name = column.value();
    if (!columns.isObject(name)) {
      return new LedgerEntry(side, table, column, columns.requiredText(name), VersionRange.ALWAYS);
    }
    YamlObject one = columns.object(name);
    one.allow(Set.of("reason", versionKey));
    return new LedgerEntry(
        side, table, column, one.requiredText("reason"), SetReader.versions(one, versionKey));
  }
}
