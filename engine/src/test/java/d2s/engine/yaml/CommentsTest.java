package d2s.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentsTest {

  private static final String TEXT =
      """
      # about the file

      a:
        # above
        # in two lines
        b: 'x # no comment'
        c: 1   # beside
        # above d
        d: |
          # no comment
        e: 2
      """;

  private final Comments comments = Comments.of(new SourceText("a.yaml", TEXT));

  @Test
  void aKeyHasTheCommentAboveAndBeside() {
    assertThat(comments.of(6)).isEqualTo("above in two lines");
    assertThat(comments.of(7)).isEqualTo("beside");
    assertThat(comments.of(9)).isEqualTo("above d");
  }

  @Test
  void whatIsNoCommentIsNone() {
    assertThat(comments.of(3)).isEmpty();
    assertThat(comments.of(11)).isEmpty();
    assertThat(Comments.of(new SourceText("b.yaml", "a: [")).of(1)).isEmpty();
  }
}
