package d2s.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmittedRowTest {

  private final RowShape total = RowShape.of("total");
  private final TextColumn name = total.text("name");
  private final IntegerColumn cents = total.integer("cents");
  private final FlagColumn paid = total.flag("paid");

  private final List<String> emitted = new ArrayList<>();
  private final Emitter out =
      new Emitter() {
        @Override
        public void emit(String row, Object... values) {
          emitted.add(row + " " + Arrays.asList(values));
        }

        @Override
        public void skip(String what, String reason) {
          throw new AssertionError(what);
        }
      };

  @Test
  void valuesComeInTheOrderOfTheDeclarations() {
    out.row(total).set(paid, true).set(cents, 12).set(name, null).emit();

    assertThat(total.columns()).containsExactly("name", "cents", "paid");
    assertThat(emitted).containsExactly("total [null, 12, true]");
  }

  @Test
  void aForgottenColumnIsAnError() {
    EmittedRow row = out.row(total).set(name, "a").set(paid, false);

    assertThatIllegalStateException()
        .isThrownBy(row::emit)
        .withMessage("the hook did not set cents in a row total");
    assertThat(emitted).isEmpty();
  }

  @Test
  void aColumnSetTwiceIsAnError() {
    EmittedRow row = out.row(total).set(name, "a");

    assertThatIllegalStateException()
        .isThrownBy(() -> row.set(name, "a"))
        .withMessage("the hook already set name in a row total");
  }

  @Test
  void aColumnOfAnotherShapeIsAnError() {
    TextColumn other = RowShape.of("person").text("name");
    EmittedRow row = out.row(total);

    assertThatIllegalStateException()
        .isThrownBy(() -> row.set(other, "a"))
        .withMessage("the hook set a column of person in a row total");
  }

  @Test
  void aShapeIsCompleteOnceItIsUsed() {
    total.columns();

    assertThatIllegalStateException()
        .isThrownBy(() -> total.text("late"))
        .withMessage("the column late of total is declared after the shape was used");
  }

  @Test
  void twoColumnsOfOneNameAreAnError() {
    assertThatIllegalStateException()
        .isThrownBy(() -> total.flag("cents"))
        .withMessage("the column cents of total is there twice");
  }
}
