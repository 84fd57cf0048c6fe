package d2s.engine.loader;

import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Mapping;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.YamlFile;
import d2s.engine.yaml.YamlObject;
import java.util.List;
import java.util.Optional;

/**
 * What one file beside set.yaml says.
 *
 * @param isYaml whether it could be read at all
 * @param mapping null for a ledger, and for what could not be read
 * @param ledger none for a mapping
 * @param problems what is wrong with it
 */
record FileContent(
    boolean isYaml, Mapping mapping, List<LedgerEntry> ledger, List<Problem> problems) {

  /**
   * @param target null where set.yaml does not say it: then only YAML is looked at, since version
   *     ranges cannot be told from misspelt keys
   */
  static FileContent read(SourceText file, Endpoint target) {
    Problems problems = new Problems();
    Optional<YamlObject> yaml = new YamlFile(file, problems).read();
    Mapping mapping = null;
    List<LedgerEntry> ledger = List.of();
    if (target != null && yaml.isPresent()) {
      String versionKey = target.name().value();
      new VersionRangeCheck(versionKey, target.supported()).check(yaml.get());
      if (LedgerReader.isLedger(yaml.get())) {
        ledger = new LedgerReader(versionKey).read(yaml.get());
      } else {
        mapping = new MappingReader(versionKey).read(yaml.get());
      }
    }
    return new FileContent(yaml.isPresent(), mapping, ledger, problems.take());
  }
}
