package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.schema.Catalog;
import d2s.matrix.catalog.BundledCatalogs;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What every verification must say of itself. */
class VerificationsTest {

  private static final List<Verification> ALL =
      ServiceLoader.load(Verification.class).stream().map(ServiceLoader.Provider::get).toList();

  /** Without a table it would run although nothing was loaded. */
  @Test
  void eachIsAboutTablesOfEverySynapse() {
    List<Catalog> synapses =
        BundledCatalogs.names().stream()
            .filter(name -> name.startsWith("synapse"))
            .map(BundledCatalogs::read)
            .toList();

    assertThat(synapses).isNotEmpty();
    assertThat(ALL)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            one ->
                assertThat(one.tables())
                    .as(one.name())
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .allSatisfy(
                        table ->
                            assertThat(synapses)
                                .as(table)
                                .allMatch(catalog -> catalog.table(table).isPresent())));
  }

  @Test
  void eachHasANameOfItsOwn() {
    assertThat(ALL).extracting(Verification::name).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void eachSaysInASentenceWhatItProves() {
    assertThat(ALL)
        .extracting(Verification::proves)
        .doesNotHaveDuplicates()
        .allMatch(proves -> proves.matches("[A-Z].*[.]"));
  }

  /** Those that are known to read the largest tables must begin first. */
  @Test
  void thoseThatReadEveryEventBeginFirst() {
    assertThat(ALL)
        .filteredOn(JointVerification.class::isInstance)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.passes()).as(one.name()).isPositive())
        .extracting(one -> ((JointVerification) one).reading())
        .doesNotContain("");
    assertThat(ALL)
        .filteredOn(one -> List.of("completeness", "signatures").contains(one.name()))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.passes()).as(one.name()).isPositive());
  }

  /** One that has nothing to ask finds nothing. */
  @Test
  void eachAsksSomething() {
    assertThat(ALL)
        .filteredOn(Comparisons.class::isInstance)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            one ->
                assertThat(((Comparisons) one).comparisons())
                    .as(one.name())
                    .isNotEmpty()
                    .extracting(Comparisons.Comparison::what)
                    .doesNotHaveDuplicates());
    assertThat(ALL)
        .filteredOn(TargetRules.class::isInstance)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            one -> {
              assertThat(((TargetRules) one).counted()).as(one.name()).startsWith("select ");
              assertThat(((TargetRules) one).rules())
                  .as(one.name())
                  .isNotEmpty()
                  .extracting(TargetRules.Rule::wrong)
                  .doesNotHaveDuplicates();
            });
  }
}
