package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import java.sql.SQLException;
import java.util.List;

/** Rules that one query on Synapse's database can tell. */
public abstract class TargetRules implements Verification {

  /**
   * A rule.
   *
   * @param wrong what is wrong with every row of the query
   * @param sql a query whose first column names what breaks the rule
   * @param table the rule holds where the target has this table; null for always
   */
  public record Rule(String wrong, String sql, String table) {

    public Rule(String wrong, String sql) {
      this(wrong, sql, null);
    }
  }

  /** How many things the rules look at, as a query. */
  protected abstract String counted();

  protected abstract List<Rule> rules();

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    findings.looked(Sql.number(context.target(), Sql.with(context, counted())));
    for (Rule rule : rules()) {
      if (rule.table() != null && !Sql.has(context.target(), rule.table())) {
        continue;
      }
      Sql.findAll(context.target(), Sql.with(context, rule.sql()), rule.wrong(), findings);
    }
  }
}
