package d2s.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the packages. {@link Main} is above them all. */
class ArchitectureTest {

  /** A package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "output",
          "html",
          "report",
          "page",
          "site",
          "framework",
          "connection",
          "signing",
          "configuration",
          "homeserver",
          "sandbox",
          "layout",
          "options",
          "schemas",
          "migration",
          "check",
          "command",
          "demo",
          "linking",
          "wizard");

  private static final JavaClasses CLI =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("d2s.cli");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes()
        .that()
        .resideOutsideOfPackage("d2s.cli")
        .should()
        .resideInAnyPackage(packages(ORDER))
        .check(CLI);
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    noClasses()
        .that()
        .resideInAPackage("d2s.cli." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size())))
        .check(CLI);
  }

  @Test
  void onlyMainKnowsItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("d2s.cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("d2s.cli")
        .check(CLI);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("d2s.cli.(*)..").should().beFreeOfCycles().check(CLI);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "d2s.cli." + name).toArray(String[]::new);
  }
}
