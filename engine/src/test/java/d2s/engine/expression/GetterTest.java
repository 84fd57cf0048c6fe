package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GetterTest {

  /** What all shapes have. */
  public abstract static class Shape {
    public int getCorners() {
      return 4;
    }
  }

  /** One of them. */
  public static final class Square extends Shape {
    private final String name;

    Square(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }

    public boolean isRound() {
      return false;
    }

    public String getFlaw() {
      throw new IllegalStateException("no flaw is known");
    }
  }

  private final Square square = new Square("a");

  @Test
  void readsTextsNumbersAndFlags() {
    assertThat(read("name")).isEqualTo("a");
    assertThat(read("corners")).isEqualTo(4);
    assertThat(read("round")).isEqualTo(false);
  }

  @Test
  void readsNull() {
    assertThat(Getter.find(Square.class, "name").orElseThrow().of(new Square(null))).isNull();
  }

  @Test
  void throwsWhatTheObjectThrows() {
    assertThatThrownBy(() -> read("flaw"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no flaw is known");
  }

  @Test
  void doesNotFindWhatIsNotThere() {
    assertThat(Getter.find(Square.class, "size")).isEmpty();
  }

  @Test
  void doesNotFindTheClassOfAnObject() {
    assertThat(Getter.find(Square.class, "class")).isEmpty();
  }

  private Object read(String property) {
    return Getter.find(Square.class, property).orElseThrow().of(square);
  }
}
