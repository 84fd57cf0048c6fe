package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules about numbers, which must be small. */
class TargetRulesTest {

  private SmallDatabases databases;

  /** What follows rules that a test makes. */
  private static final class Verification extends TargetRules {

    private final List<Rule> rules;

    Verification(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public String proves() {
      return "Numbers are small.";
    }

    @Override
    public List<String> tables() {
      return List.of("numbers");
    }

    @Override
    protected String counted() {
      return "select count(*) from numbers where n < :floor";
    }

    @Override
    protected List<Rule> rules() {
      return rules;
    }
  }

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table numbers (n int)", "insert into numbers values (7), (8), (200)");
    databases.inSynapse("create table numbers (n int)", "insert into numbers values (1), (7), (9)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified(TargetRules.Rule... rules) throws SQLException {
    FoundThings found = new FoundThings();
    new Verification(rules).verify(databases, found);
    return found;
  }

  private static final String LARGE = "select n from numbers where n > 5 order by n";

  @Test
  void everyRowBreaksTheRule() throws SQLException {
    FoundThings found =
        verified(
            new TargetRules.Rule("is large", LARGE),
            new TargetRules.Rule("is above the floor", "select n from numbers where n > :floor"));

    assertThat(found.found()).containsExactly("7: is large", "9: is large");
    assertThat(found.noted()).isEmpty();
    assertThat(found.count()).isEqualTo(3);
  }

  @Test
  void aRuleOfATableThatIsNotThereIsNotAsked() throws SQLException {
    FoundThings found =
        verified(
            new TargetRules.Rule("is large", "select n from none", "none"),
            new TargetRules.Rule("is very large", LARGE, "numbers"));

    assertThat(found.found()).containsExactly("7: is very large", "9: is very large");
  }

  @Test
  void whatBreaksTheRuleInDendriteIsNoted() throws SQLException {
    FoundThings found =
        verified(
            new TargetRules.Rule("is large", LARGE)
                .unlessIn("select n from numbers where n < :floor"));

    assertThat(found.found()).containsExactly("9: is large");
    assertThat(found.noted()).containsExactly("7: is large, as in Dendrite");
  }
}
