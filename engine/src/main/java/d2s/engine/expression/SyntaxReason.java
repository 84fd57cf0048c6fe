package d2s.engine.expression;

import org.apache.commons.jexl3.JexlException;

/** Says in words why a text is not an expression; JEXL's own words are about its grammar. */
final class SyntaxReason {

  private static final String REGULAR = "invalid regular expression";

  private SyntaxReason() {}

  static String of(JexlException failure, ExpressionText text) {
    if (failure instanceof JexlException.Feature) {
      return text.code().matches("(?s).*[^=!<>~^$]=[^=~^$].*")
          ? "an expression cannot assign; write == to compare"
          : "this is not part of the language of expressions";
    }
    String detail = failure instanceof JexlException.Parsing p ? String.valueOf(p.getDetail()) : "";
    if (detail.startsWith(REGULAR)) {
      return "not a regular expression: " + lowerFirst(detail.replaceFirst("^[^:]*: *", ""));
    }
    String code = text.code();
    if (isOpen(text.text(), '\'') || isOpen(text.text(), '"')) {
      return "not an expression: a text has no closing quote";
    }
    long open = code.chars().filter(c -> c == '(').count();
    long closed = code.chars().filter(c -> c == ')').count();
    if (open > closed) {
      return "not an expression: a closing parenthesis is missing";
    } else if (closed > open) {
      return "not an expression: there is one closing parenthesis too many";
    } else if (code.indexOf('?') >= 0 && code.indexOf(':') < 0) {
      return "not an expression: write condition ? one : other, with both";
    } else if (code.stripTrailing().matches("(?s).*[-+*/%=<>!&|?:.,]")) {
      return "not an expression: it ends too early";
    } else if (failure instanceof JexlException.Tokenization) {
      return "not an expression: there is a character that has no meaning here";
    }
    return detail.isBlank()
        ? "not an expression"
        : "not an expression: " + detail.strip() + " does not belong here";
  }

  private static boolean isOpen(String text, char quote) {
    return text.chars().filter(c -> c == quote).count() % 2 != 0;
  }

  private static String lowerFirst(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
  }
}
