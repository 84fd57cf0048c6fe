package d2s.engine.query;

import d2s.engine.mapping.Side;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Asks each side about a query only once: one database is checked with many others, and most of
 * what is asked of it is the same every time.
 */
public final class RememberingDescriber implements RelationDescriber {

  /** What one database says to queries. */
  public static final class Memory {

    private final Map<Question, Answer> answers;
    private final Function<String, List<Integer>> relations;

    public Memory() {
      this(new ConcurrentHashMap<>(), sql -> List.of());
    }

    /**
     * @param answers those of other databases among them
     * @param relations what a query names, as numbers that are the same where the relations are
     */
    Memory(Map<Question, Answer> answers, Function<String, List<Integer>> relations) {
      this.answers = answers;
      this.relations = relations;
    }
  }

  /** All that an answer comes from. */
  record Question(String sql, List<Integer> relations) {}

  record Answer(List<SourceColumn> columns, SQLException refusal) {}

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
    Memory memory = memories.get(side);
    Question question = new Question(sql, memory.relations.apply(sql));
    Answer answer = memory.answers.get(question);
    if (answer == null) {
      answer = ask(side, sql);
      memory.answers.put(question, answer);
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
