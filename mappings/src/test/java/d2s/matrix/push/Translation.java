package d2s.matrix.push;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the hook makes of the rule set of one account. */
final class Translation implements Emitter {

  /** Rules as "rule_id class priority conditions actions". */
  final List<String> rules = new ArrayList<>();

  /** Switches as "rule_id enabled". */
  final List<String> switches = new ArrayList<>();

  /** What was skipped, as "what: reason". */
  final List<String> skipped = new ArrayList<>();

  private Translation() {}

  static Translation of(String content) {
    Translation translation = new Translation();
    new PushRules().group(new OneRow("@a:x", content), translation);
    return translation;
  }

  /** A rule set with this text as the value of {@code global}. */
  static Translation ofGlobal(String global) {
    return of("{\"global\":" + global + "}");
  }

  @Override
  public void emit(String row, Object... values) {
    String text =
        Arrays.stream(values).skip(2).map(String::valueOf).collect(Collectors.joining(" "));
    (row.equals("rule") ? rules : switches).add(text);
  }

  @Override
  public void skip(String what, String reason) {
    skipped.add(what + ": " + reason);
  }

  private record OneRow(String key, String content) implements Group {

    @Override
    public Rows rows(String relation) {
      return new Rows() {
        private boolean read;

        @Override
        public boolean next() {
          boolean first = !read;
          read = true;
          return first;
        }

        @Override
        public boolean isNull(int column) {
          return content == null;
        }

        @Override
        public String text(int column) {
          return content;
        }

        @Override
        public long integer(int column) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean flag(int column) {
          throw new UnsupportedOperationException();
        }

        @Override
        public long[] integers(int column) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String[] texts(int column) {
          throw new UnsupportedOperationException();
        }
      };
    }
  }
}
