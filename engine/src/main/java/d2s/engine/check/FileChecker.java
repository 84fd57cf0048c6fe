package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMappings;
import d2s.engine.bound.OmittedMapping;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SqlDescriber;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds mapping files against the source alone, to copy files: binds the mappings that have some,
 * without what they fill. Nothing is asked of the target.
 */
public final class FileChecker {

  /** Mappings are bound without what they fill, so no table of the target is looked for. */
  private static final Catalog NO_TABLES = new Catalog("", "", List.of(), List.of());

  private final MappingSet set;
  private final Catalog source;
  private final Queries given;
  private final RelationDescriber describer;
  private final Problems problems;

  /**
   * @param queries has all facts; those of the target are null
   * @param problems takes what is found
   */
  public FileChecker(
      MappingSet set,
      Catalog source,
      Queries queries,
      RelationDescriber describer,
      Problems problems) {
    this.set = set;
    this.source = source;
    this.given = queries;
    this.describer = describer;
    this.problems = problems;
  }

  /**
   * Binds all mappings with files. Where a problem was reported, the result must not be run.
   *
   * @throws ConnectionLostException if the source does not answer any more
   */
  public BoundMappings check() {
    Language language = Language.load();
    Queries queries = FactTypes.complete(set, given, describer, language.compiler(), problems);
    SqlDescriber sql = new SqlDescriber(set, queries, describer, problems);
    Binders binders = Binders.of(set, source, NO_TABLES, queries, sql, language, problems);
    List<BoundMapping> bound = new ArrayList<>();
    List<OmittedMapping> omitted = new ArrayList<>();
    for (Mapping whole : set.mappings()) {
      Optional<OmittedMapping> missing = binders.omitted(whole);
      if (whole.files().isEmpty()) {
        continue;
      } else if (missing.isPresent()) {
        omitted.add(missing.get());
      } else if (!FileBinder.readsOnlySource(whole)) {
        binders.files().checkSources(whole);
      } else {
        bound.add(binders.bind(whole.filesOnly()));
      }
    }
    return new BoundMappings(List.copyOf(bound), List.copyOf(omitted));
  }
}
