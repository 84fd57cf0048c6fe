package d2s.engine.loader;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Count;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Expectation;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Let;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.SequenceValue;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Skip;
import d2s.engine.mapping.Update;
import d2s.engine.mapping.VersionRange;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one mapping file. */
final class MappingReader {

  private static final Set<String> KEYS =
      Set.of(
          "mapping",
          "phase",
          "description",
          "from",
          "label",
          "lookups",
          "let",
          "skip",
          "hook",
          "to",
          "files",
          "derive",
          "update",
          "sequences",
          "expect",
          "counts",
          "depends_on",
          "examples");

  /** What a mapping can be there for; one of them must be given. */
  private static final List<String> PURPOSES =
      List.of("to", "files", "derive", "update", "sequences", "expect", "counts", "skip");

  private static final Set<String> RELATION_KEYS =
      Set.of("table", "sql", "target", "where", "optional");
  private static final Set<String> ROW_KEYS = Set.of("label", "let", "skip");
  private static final Pattern EACH = Pattern.compile("(?s)\\s*([A-Za-z_]\\w*)\\s+in\\s+(.+)");

  /** The name of the target product, which is the key of version ranges. */
  private final String versionKey;

  MappingReader(String versionKey) {
    this.versionKey = versionKey;
  }

  Mapping read(YamlObject yaml) {
    Set<String> allowed = new HashSet<>(KEYS);
    allowed.add(versionKey);
    yaml.allow(allowed);
    if (PURPOSES.stream().noneMatch(yaml::has)) {
      yaml.problem(
          yaml.at(), "this mapping does nothing: say one of " + String.join(", ", PURPOSES));
    }
    if (yaml.has("hook")) {
      yaml.forbid(ROW_KEYS, "belongs to a mapping without hook, which reads row by row");
    }
    Text groupBy = yaml.isObject("from") ? yaml.object("from").text("group_by") : null;
    return new Mapping(
        yaml.requiredText("mapping"),
        yaml.requiredText("phase"),
        yaml.requiredText("description"),
        relations(yaml),
        groupBy,
        yaml.texts("label"),
        lookups(yaml),
        lets(yaml),
        yaml.objects("skip", this::skip),
        yaml.text("hook"),
        blocks(yaml),
        fileBlocks(yaml),
        derivations(yaml),
        updates(yaml),
        sequences(yaml),
        expectations(yaml),
        counts(yaml),
        yaml.texts("depends_on"),
        yaml.objects("examples", new ExampleReader(versionKey)::read),
        SetReader.versions(yaml, versionKey));
  }

  private List<Relation> relations(YamlObject yaml) {
    YamlObject from = yaml.object("from");
    if (from == null) {
      return List.of();
    }
    if (!yaml.has("hook")) {
      return List.of(relation("", from));
    }
    List<Relation> result = new ArrayList<>();
    for (Text name : from.keysBeside(Set.of("group_by"))) {
      YamlObject relation = from.object(name.value());
      if (relation != null) {
        relation.forbid(Set.of("optional"), "belongs to a mapping without hook");
        result.add(relation(name.value(), relation));
      }
    }
    return result;
  }

  private Relation relation(String name, YamlObject yaml) {
    yaml.allow(RELATION_KEYS);
    checkOrigin(yaml);
    boolean optional = yaml.flag("optional");
    if (!yaml.has("table")) {
      yaml.forbid(Set.of("optional"), "belongs to table:; only a table can be missing");
    }
    if (yaml.has("target")) {
      return new Relation(name, Side.TARGET, null, yaml.text("target"), null, false, yaml.at());
    }
    return new Relation(
        name,
        Side.SOURCE,
        yaml.text("table"),
        yaml.text("sql"),
        yaml.text("where"),
        optional,
        yaml.at());
  }

  private static void checkOrigin(YamlObject yaml) {
    if (!isOneMeant(yaml, List.of("table", "sql", "target"))) {
      yaml.problem(
          yaml.at(),
          "say exactly one of table: (a source table), sql: (a query on the source), target: (a"
              + " query on the target)");
    }
    if (!yaml.isMeant("table")) {
      yaml.forbid(Set.of("where"), "belongs to table:; a query has its own");
    }
  }

  /** Whether one of several keys is given, or none because it is misspelt, which was reported. */
  private static boolean isOneMeant(YamlObject yaml, List<String> keys) {
    long given = keys.stream().filter(yaml::has).count();
    return given == 1 || given == 0 && keys.stream().anyMatch(yaml::isMeant);
  }

  private List<Lookup> lookups(YamlObject yaml) {
    List<Lookup> result = new ArrayList<>();
    YamlObject lookups = yaml.object("lookups");
    if (lookups != null) {
      for (Text name : lookups.nameKeys()) {
        YamlObject lookup = lookups.object(name.value());
        if (lookup != null) {
          result.add(lookup(name, lookup));
        }
      }
    }
    return result;
  }

  private Lookup lookup(Text name, YamlObject yaml) {
    if (yaml.has("skipped")) {
      yaml.allow(Set.of("skipped"));
      return new Lookup(name, null, yaml.text("skipped"), List.of(), null);
    }
    yaml.allow(Set.of("table", "sql", "target", "where", "key", "value"));
    boolean target = yaml.has("target");
    Relation relation =
        new Relation(
            name.value(),
            target ? Side.TARGET : Side.SOURCE,
            yaml.text("table"),
            target ? yaml.text("target") : yaml.text("sql"),
            yaml.text("where"),
            false,
            yaml.at());
    checkOrigin(yaml);
    return new Lookup(name, relation, null, yaml.texts("key"), yaml.text("value"));
  }

  private List<Let> lets(YamlObject yaml) {
    List<Let> result = new ArrayList<>();
    YamlObject lets = yaml.object("let");
    if (lets != null) {
      for (Text name : lets.nameKeys()) {
        result.add(new Let(name, lets.value(name.value())));
      }
    }
    return result;
  }

  private Skip skip(YamlObject yaml) {
    yaml.allow(Set.of("when", "on_error", "repeats", "item", "reason"));
    if (!isOneMeant(yaml, List.of("when", "on_error", "repeats"))) {
      yaml.problem(
          yaml.at(),
          "say one of when: (a condition), on_error: (the name of a let, or any) and repeats:"
              + " (columns)");
    }
    Text item = yaml.requiredText("item");
    return new Skip(
        yaml.expression("when"),
        yaml.text("on_error"),
        yaml.texts("repeats"),
        new Value.Expression(item.value(), item.at()),
        yaml.requiredText("reason"));
  }

  private static Value.Expression requiredExpression(YamlObject yaml, String key) {
    Text text = yaml.requiredText(key);
    return new Value.Expression(text.value().strip(), text.at());
  }

  private List<Block> blocks(YamlObject yaml) {
    List<Block> result = new ArrayList<>();
    YamlObject to = yaml.object("to");
    if (to != null) {
      for (Text table : to.keys()) {
        result.addAll(to.objects(table.value(), block -> block(table, block)));
      }
    }
    return result;
  }

  private Block block(Text table, YamlObject yaml) {
    Set<String> directives = Set.of("rows", "when", "for_each", versionKey);
    Block.Each forEach = null;
    Text eachText = yaml.text("for_each");
    if (eachText != null) {
      Matcher matcher = EACH.matcher(eachText.value());
      if (matcher.matches()) {
        forEach =
            new Block.Each(
                matcher.group(1),
                new Value.Expression(
                    matcher.group(2).strip(),
                    eachText.at().inside(eachText.value(), matcher.start(2))));
      } else {
        yaml.problem(eachText.at(), "write for_each: NAME in LIST");
      }
    }
    List<Block.Column> columns = new ArrayList<>();
    for (Text name : yaml.keysBeside(directives)) {
      if (!yaml.hasObjects(name.value())) {
        columns.add(new Block.Column(name, yaml.value(name.value()), null, VersionRange.ALWAYS));
      } else {
        yaml.objects(name.value(), column -> column(name, column)).stream()
            .flatMap(Optional::stream)
            .forEach(columns::add);
      }
    }
    return new Block(
        table,
        yaml.text("rows"),
        yaml.expression("when"),
        forEach,
        columns,
        SetReader.versions(yaml, versionKey));
  }

  /** A column as an object; one of a list if it has a value for each range of versions. */
  private Optional<Block.Column> column(Text name, YamlObject column) {
    column.allow(Set.of("value", "sql", versionKey));
    if (!column.has("value")) {
      if (!column.isMeant("value")) {
        column.problem(column.at(), "the key value is missing");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Block.Column(
            name,
            column.value("value"),
            column.text("sql"),
            SetReader.versions(column, versionKey)));
  }

  private List<FileBlock> fileBlocks(YamlObject yaml) {
    List<FileBlock> result = new ArrayList<>();
    YamlObject files = yaml.object("files");
    if (files != null) {
      for (Text store : files.keys()) {
        result.addAll(files.objects(store.value(), block -> fileBlock(store, block)));
      }
    }
    return result;
  }

  private FileBlock fileBlock(Text store, YamlObject yaml) {
    // No version range: files are also copied where no target database tells its version.
    yaml.allow(Set.of("rows", "when", "from", "to", "size", "sha256"));
    return new FileBlock(
        store,
        yaml.text("rows"),
        yaml.expression("when"),
        requiredExpression(yaml, "from"),
        yaml.expression("to"),
        yaml.expression("size"),
        yaml.expression("sha256"));
  }

  private List<Derivation> derivations(YamlObject yaml) {
    List<Derivation> result = new ArrayList<>();
    YamlObject derive = yaml.object("derive");
    if (derive != null) {
      for (Text table : derive.keys()) {
        result.addAll(
            derive.objects(
                table.value(),
                one ->
                    new Derivation(
                        table,
                        one.requiredText("from"),
                        sqlColumns(one, Set.of("from", versionKey)),
                        SetReader.versions(one, versionKey))));
      }
    }
    return result;
  }

  private List<Update> updates(YamlObject yaml) {
    List<Update> result = new ArrayList<>();
    YamlObject update = yaml.object("update");
    if (update != null) {
      for (Text table : update.keys()) {
        result.addAll(
            update.objects(
                table.value(),
                one ->
                    new Update(
                        table,
                        one.text("where"),
                        sqlColumns(one, Set.of("where", versionKey)),
                        SetReader.versions(one, versionKey))));
      }
    }
    return result;
  }

  private List<Derivation.Column> sqlColumns(YamlObject yaml, Set<String> directives) {
    List<Derivation.Column> result = new ArrayList<>();
    for (Text name : yaml.keysBeside(directives)) {
      if (yaml.isObject(name.value())) {
        YamlObject column = yaml.object(name.value());
        column.allow(Set.of("value", versionKey));
        result.add(
            new Derivation.Column(
                name, column.requiredText("value"), SetReader.versions(column, versionKey)));
      } else {
        result.add(new Derivation.Column(name, yaml.text(name.value()), VersionRange.ALWAYS));
      }
    }
    return result;
  }

  private List<SequenceValue> sequences(YamlObject yaml) {
    List<SequenceValue> result = new ArrayList<>();
    YamlObject sequences = yaml.object("sequences");
    if (sequences != null) {
      for (Text name : sequences.keys()) {
        if (sequences.isObject(name.value())) {
          YamlObject one = sequences.object(name.value());
          one.allow(Set.of("value", versionKey));
          result.add(
              new SequenceValue(
                  name, one.requiredText("value"), SetReader.versions(one, versionKey)));
        } else {
          result.add(new SequenceValue(name, sequences.text(name.value()), VersionRange.ALWAYS));
        }
      }
    }
    return result;
  }

  private List<Expectation> expectations(YamlObject yaml) {
    List<Expectation> result = new ArrayList<>();
    YamlObject expect = yaml.object("expect");
    if (expect != null) {
      for (Text name : expect.keys()) {
        if (expect.isObject(name.value())) {
          YamlObject one = expect.object(name.value());
          one.allow(SetReader.Sided.KEYS);
          SetReader.Sided sql = SetReader.Sided.of(one);
          result.add(new Expectation(name, sql.side(), sql.text()));
        } else {
          result.add(new Expectation(name, Side.TARGET, expect.text(name.value())));
        }
      }
    }
    return result;
  }

  private List<Count> counts(YamlObject yaml) {
    List<Count> result = new ArrayList<>();
    YamlObject counts = yaml.object("counts");
    if (counts != null) {
      for (Text name : counts.keys()) {
        YamlObject one = counts.object(name.value());
        if (one != null) {
          one.allow(Set.of("unit", "source", "target"));
          List<Text> unit = one.texts("unit");
          if (!unit.isEmpty() && unit.size() != 2) {
            yaml.problem(
                one.at("unit"), "unit is the word for one and that for several: [row, rows]");
          }
          result.add(
              new Count(
                  name,
                  unit.size() == 2 ? unit : List.of(),
                  one.requiredText("source"),
                  one.requiredText("target")));
        }
      }
    }
    return result;
  }
}
