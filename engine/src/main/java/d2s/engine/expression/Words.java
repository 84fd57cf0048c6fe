package d2s.engine.expression;

import java.util.Set;

/** Words that are no names in the expressions of JEXL. */
final class Words {

  /** Constants and operators. */
  static final Set<String> IN_EXPRESSIONS =
      Set.of(
          "null",
          "true",
          "false",
          "empty",
          "size",
          "not",
          "and",
          "or",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "div",
          "mod",
          "instanceof");

  /** Words of the statements that mapping files cannot use. */
  private static final Set<String> IN_STATEMENTS =
      Set.of("new", "var", "if", "else", "for", "while", "return", "function");

  private Words() {}

  static boolean isReserved(String word) {
    return IN_EXPRESSIONS.contains(word) || IN_STATEMENTS.contains(word);
  }
}
