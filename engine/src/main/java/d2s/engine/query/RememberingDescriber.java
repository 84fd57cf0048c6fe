package d2s.engine.query;

import d2s.engine.mapping.Side;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks each side about a query only once: one database is checked with many others, and most of
 * what is asked of it is the same every time.
 */
public final class RememberingDescriber implements RelationDescriber {

  /** What one database says to queries. One is used by one thread at a time. */
  public static final class Memory {

    private final Map<String, Answer> answers = new HashMap<>();
  }

  private record Answer(List<SourceColumn> columns, SQLException refusal) {}

  private final RelationDescriber describer;
  private final Map<Side, Memory> memories;

  /**
   * @param source what the source is known to say
   * @param target what the target is known to say
   */
  public RememberingDescriber(RelationDescriber describer, Memory source, Memory target) {
    this.describer = describer;
    this.memories = Map.of(Side.SOURCE, source, Side.TARGET, target);
  }

  @Override
  public List<SourceColumn> describe(Side side, String sql) throws SQLException {
    Map<String, Answer> answers = memories.get(side).answers;
    Answer answer = answers.get(sql);
    if (answer == null) {
      answer = ask(side, sql);
      answers.put(sql, answer);
    }
    if (answer.refusal() != null) {
      throw answer.refusal();
    }
    return answer.columns();
  }

  private Answer ask(Side side, String sql) {
    try {
      return new Answer(describer.describe(side, sql), null);
    } catch (SQLException e) {
      return new Answer(null, e);
    }
  }
}
