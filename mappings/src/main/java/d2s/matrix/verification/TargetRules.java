package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules that one query on Synapse's database can tell. */
public abstract class TargetRules implements Verification {

  /**
   * A rule.
   *
   * @param wrong what is wrong with every row of the query
   * @param sql a query whose first column names what breaks the rule
   * @param table the rule holds where the target has this table; null for always
   * @param damaged a query on Dendrite's database for what breaks the rule there already; null for
   *     nothing
   */
  public record Rule(String wrong, String sql, String table, String damaged) {

    public Rule(String wrong, String sql) {
      this(wrong, sql, null, null);
    }

    public Rule(String wrong, String sql, String table) {
      this(wrong, sql, table, null);
    }

    /** The same rule, but of what breaks it in Dendrite too. */
    public Rule unlessIn(String source) {
      return new Rule(wrong, sql, table, source);
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
      look(context, rule, findings);
    }
  }

  private static void look(VerificationContext context, Rule rule, Findings findings)
      throws SQLException {
    Set<String> damaged = new HashSet<>();
    Sql.each(
        context.target(),
        Sql.with(context, rule.sql()),
        row -> {
          if (rule.damaged() != null && damaged.isEmpty()) {
            Sql.each(
                context.source(),
                Sql.with(context, rule.damaged()),
                one -> damaged.add(one.getString(1)));
          }
          if (damaged.contains(row.getString(1))) {
            findings.noted(row.getString(1), rule.wrong() + ", as in Dendrite");
          } else {
            findings.found(row.getString(1), rule.wrong());
          }
        });
  }
}
