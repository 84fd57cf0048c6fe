package d2s.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the packages. */
class ArchitectureTest {

  /** A package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "acceptance.recording",
          "acceptance.server",
          "acceptance.probe",
          "acceptance.comparison",
          "acceptance",
          "switchover.store",
          "switchover.server",
          "switchover.client",
          "switchover.act",
          "switchover");

  private static final JavaClasses TESTS =
      new ClassFileImporter().importPackages("d2s.acceptance", "d2s.switchover");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes().should().resideInAnyPackage(packages(ORDER)).check(TESTS);
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    noClasses()
        .that()
        .resideInAPackage("d2s." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size())))
        .allowEmptyShould(true)
        .check(TESTS);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("d2s.(**)").should().beFreeOfCycles().check(TESTS);
  }

  /** An answer is judged by what was recorded, and never by what the program thinks is right. */
  @Test
  void probesAndComparisonsDoNotKnowTheProgram() {
    noClasses()
        .that()
        .resideInAnyPackage("d2s.acceptance.probe", "d2s.acceptance.comparison")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("d2s.engine..", "d2s.matrix..", "d2s.cli..")
        .check(TESTS);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "d2s." + name).toArray(String[]::new);
  }
}
