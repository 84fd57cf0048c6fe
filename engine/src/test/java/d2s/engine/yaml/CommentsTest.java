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
        # behind a block
        e: 2

        # a list:
        #   one    is the first,
        #          and goes on
        #   two    is the second
        f: 3
      """;

  private final Comments comments = Comments.of(new SourceText("a.yaml", TEXT));

  @Test
  void aKeyHasTheCommentAboveAndBeside() {
    assertThat(comments.of(6)).isEqualTo("above in two lines");
    assertThat(comments.of(7)).isEqualTo("beside");
    assertThat(comments.of(9)).isEqualTo("above d");
    assertThat(comments.of(12)).isEqualTo("behind a block");
  }

  @Test
  void aListKeepsItsItems() {
    assertThat(comments.of(18))
        .isEqualTo("a list:\none    is the first, and goes on\ntwo    is the second");
  }

  @Test
  void whatIsNoCommentIsNone() {
    assertThat(comments.of(3)).isEmpty();
    assertThat(comments.of(10)).isEmpty();
    assertThat(Comments.of(new SourceText("b.yaml", "a: [")).of(1)).isEmpty();
  }
}
