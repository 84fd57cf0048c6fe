package d2s.matrix;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import d2s.engine.extension.Emitter;
import d2s.engine.extension.Hook;
import d2s.engine.extension.Rows;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.json.CanonicalJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the packages, and the walls between them. */
class ArchitectureTest {

  /** A package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "collection",
          "json",
          "event",
          "redaction",
          "state",
          "authchain",
          "encryption",
          "push",
          "userdata",
          "server",
          "media",
          "catalog",
          "verification");

  private static final JavaClasses MATRIX =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("d2s.matrix");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes().should().resideInAnyPackage(packages(ORDER)).check(MATRIX);
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    noClasses()
        .that()
        .resideInAPackage("d2s.matrix." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size())))
        .check(MATRIX);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "d2s.matrix." + name + "..").toArray(String[]::new);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("d2s.matrix.(*)..").should().beFreeOfCycles().check(MATRIX);
    slices().matching("d2s.matrix.verification.(*)").should().beFreeOfCycles().check(MATRIX);
  }

  /**
   * A verification that computed with the code of mapping files and hooks would repeat its
   * mistakes. Both read events and hash them with the same few classes, which are tested with
   * events and hashes that other servers made.
   */
  @Test
  void verificationsShareNothingWithWhatTheyVerifyButReadingAndHashingAnEvent() {
    noClasses()
        .that()
        .resideInAPackage("d2s.matrix.verification..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("d2s.matrix..")
                .and(not(resideInAPackage("d2s.matrix.verification..")))
                .and(
                    not(
                        belongToAnyOf(
                            RoomVersion.class,
                            Pdu.class,
                            EventId.class,
                            MalformedEventException.class,
                            CanonicalJson.class))))
        .check(MATRIX);
  }

  @Test
  void verificationsAreWrittenAgainstTheExtensionPackageAlone() {
    noClasses()
        .that()
        .resideInAPackage("d2s.matrix.verification..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("d2s.engine..").and(not(resideInAPackage("d2s.engine.extension"))))
        .check(MATRIX);
  }

  @Test
  void hooksDoNotReachAroundTheirRelations() {
    noClasses()
        .that()
        .areAssignableTo(Hook.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "d2s.matrix.verification..")
        .check(MATRIX);
  }

  /** They declare columns, and read and write by what they declared. */
  @Test
  void hooksDoNotCountColumns() {
    noClasses()
        .should()
        .callMethod(Rows.class, "isNull", int.class)
        .orShould()
        .callMethod(Rows.class, "integer", int.class)
        .orShould()
        .callMethod(Rows.class, "text", int.class)
        .orShould()
        .callMethod(Rows.class, "flag", int.class)
        .orShould()
        .callMethod(Rows.class, "integers", int.class)
        .orShould()
        .callMethod(Rows.class, "texts", int.class)
        .orShould()
        .callMethod(Emitter.class, "emit", String.class, Object[].class)
        .check(MATRIX);
  }
}
