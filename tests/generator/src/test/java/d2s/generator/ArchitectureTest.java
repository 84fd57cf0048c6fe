package d2s.generator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the packages, and what the generator may know of the program that it tests. */
class ArchitectureTest {

  /** A package uses only those before it; the package above them uses all. */
  private static final List<String> ORDER =
      List.of("random", "table", "signing", "event", "account", "room");

  private static final JavaClasses GENERATOR =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("d2s.generator");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes()
        .that()
        .resideOutsideOfPackage("d2s.generator")
        .should()
        .resideInAnyPackage(packages(ORDER))
        .check(GENERATOR);
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    noClasses()
        .that()
        .resideInAPackage("d2s.generator." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size())))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("d2s.generator")
        .check(GENERATOR);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("d2s.generator.(*)..").should().beFreeOfCycles().check(GENERATOR);
  }

  /** Events that the program's own code made would hide its mistakes. */
  @Test
  void itKnowsTheRecordedSchemasOfTheProgramAndNothingElse() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.not(
                    resideInAPackage("d2s.generator..")
                        .or(resideInAPackage("d2s.engine.schema"))
                        .or(resideInAPackage("d2s.matrix.catalog")))
                .and(resideInAPackage("d2s..")))
        .check(GENERATOR);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "d2s.generator." + name).toArray(String[]::new);
  }
}
