package d2s.matrix.verification;

import d2s.engine.extension.Evidence;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import java.sql.SQLException;
import java.util.List;

/** Rules that one query on Synapse's database can tell. */
abstract class TargetRules implements Verification {

  /**
   * A rule.
   *
   * @param wrong what is wrong with every row of the query
   * @param sql a query whose first column names what breaks the rule
   */
  record Rule(String wrong, String sql) {}

  /** How many things the rules look at, as a query. */
  abstract String counted();

  abstract List<Rule> rules();

  @Override
  public void verify(Evidence evidence, Findings findings) throws SQLException {
    findings.looked(Sql.number(evidence.target(), Sql.with(evidence, counted())));
    for (Rule rule : rules()) {
      Sql.findAll(evidence.target(), Sql.with(evidence, rule.sql()), rule.wrong(), findings);
    }
  }
}
