package d2s.engine.query;

import d2s.engine.query.RememberingDescriber.Answer;
import d2s.engine.query.RememberingDescriber.Memory;
import d2s.engine.query.RememberingDescriber.Question;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What databases of one server say to queries. Which columns a query has, or why it is refused,
 * comes from the query and from the relations that it names. So databases in which these relations
 * are the same say the same, and only one of them is asked.
 */
public final class SharedAnswers {

  /** How a name can stand in SQL so that it is no word there: with escapes, or in two pieces. */
  private static final Pattern HIDING = Pattern.compile("(?i)\\b(?:e'|u&)|'\\s*\\n\\s*'");

  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  /** The words of queries, in lower case; empty for those in which a name can be hidden. */
  private final Map<String, Optional<Set<String>>> words = new ConcurrentHashMap<>();

  /**
   * The tables and sequences that are not the same, by name. To look one up by itself would take
   * long, since all of it would be hashed.
   */
  private final Map<String, List<Numbered>> numbered = new HashMap<>();

  private int numbers;

  /** The memory of a database that was made of a catalog. */
  public synchronized Memory of(Catalog catalog) {
    Relations relations = new Relations(words);
    catalog.tables().forEach(one -> relations.add(one.name(), number(one.name(), one)));
    catalog.sequences().forEach(one -> relations.add(one.name(), number(one.name(), one)));
    return new Memory(answers, relations::namedBy);
  }

  private int number(String name, Object relation) {
    List<Numbered> known = numbered.computeIfAbsent(name, one -> new ArrayList<>());
    for (Numbered one : known) {
      if (one.relation().equals(relation)) {
        return one.number();
      }
    }
    known.add(new Numbered(relation, numbers));
    return numbers++;
  }

  /** A table or sequence, and what it is called in questions. */
  private record Numbered(Object relation, int number) {}

  /** The numbers of the relations of one database. */
  private static final class Relations {

    private final Map<String, Optional<Set<String>>> words;
    private final List<Integer> all = new ArrayList<>();

    /** Without those whose names are more than one word, which cannot be looked up. */
    private final Map<String, List<Integer>> byName = new HashMap<>();

    private final List<Integer> others = new ArrayList<>();

    Relations(Map<String, Optional<Set<String>>> words) {
      this.words = words;
    }

    void add(String name, int number) {
      all.add(number);
      if (SqlText.isWord(name)) {
        byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), one -> new ArrayList<>()).add(number);
      } else {
        others.add(number);
      }
    }

    /** What a query names. More than that does no harm: then it is asked once more. */
    List<Integer> namedBy(String sql) {
      Optional<Set<String>> names = words.computeIfAbsent(sql, SharedAnswers::words);
      if (names.isEmpty()) {
        return all;
      }
      TreeSet<Integer> named = new TreeSet<>(others);
      names.get().forEach(word -> named.addAll(byName.getOrDefault(word, List.of())));
      return List.copyOf(named);
    }
  }

  /** Those of texts too, since a text can name a relation: 'users'::regclass. */
  private static Optional<Set<String>> words(String sql) {
    return HIDING.matcher(sql).find() ? Optional.empty() : Optional.of(SqlText.words(sql));
  }
}
