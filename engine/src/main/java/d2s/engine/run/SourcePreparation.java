package d2s.engine.run;

import d2s.engine.check.Checked;
import d2s.engine.check.Checker;
import d2s.engine.check.LiveDescriber;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Queries;
import d2s.engine.spec.MappingSet;
import d2s.engine.spec.Problems;
import d2s.engine.spec.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What is found out before files are carried over without a target database.
 *
 * @param checked the mappings with files, bound without what they fill
 */
record SourcePreparation(Queries queries, Checked checked) {

  /**
   * @throws Refused if the database is not the right one
   * @throws d2s.engine.spec.InvalidMappings if the mapping files do not fit
   */
  static SourcePreparation of(MappingSet set, Connection source, Map<String, Object> given)
      throws SQLException {
    Preparation.requireMarker(set.source(), Side.SOURCE, source);
    List<String> factNames = set.facts().stream().map(fact -> fact.name().value()).toList();
    Map<String, Object> facts = Preparation.facts(set, factNames, source, null, given);
    Queries queries = new Queries(set.views(), factNames, facts);
    Preparation.checkRequirements(
        set.requirements().stream()
            .filter(requirement -> requirement.files() && requirement.side() == Side.SOURCE)
            .toList(),
        queries,
        source,
        null);
    Catalog catalog = Preparation.catalog(set.source(), source);
    Problems problems = new Problems();
    Checker checker =
        new Checker(set, catalog, null, queries, new LiveDescriber(source, null), -1, problems);
    Checked checked = Preparation.check(checker::checkFiles);
    problems.throwIfAny();
    return new SourcePreparation(queries, checked);
  }
}
