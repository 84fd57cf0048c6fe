package d2s.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The order of the packages, and the walls between them; architecture.md explains both. */
class ArchitectureTest {

  /** The data flow; a package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "extension",
          "yaml",
          "mapping",
          "loader",
          "function",
          "expression",
          "concurrent",
          "sql",
          "schema",
          "catalog",
          "query",
          "bound",
          "check",
          "ledger",
          "plan",
          "result",
          "files",
          "staging",
          "prepare",
          "read",
          "write",
          "index",
          "step",
          "transfer",
          "run",
          "verify",
          "examples",
          "docs");

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("d2s.engine");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of("d2s.engine"), ORDER.stream().map(name -> "d2s.engine." + name))
                .toArray(String[]::new))
        .check(ENGINE);
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    String[] later =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(other -> "d2s.engine." + other)
            .toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("d2s.engine." + name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later);
    rule.allowEmptyShould(true).check(ENGINE);
  }

  @Test
  void noPackageUsesTheFacade() {
    noClasses()
        .that()
        .resideInAPackage("d2s.engine.(*)..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("d2s.engine")
        .check(ENGINE);
  }

  @Test
  void theTableOfContentsNamesThePackagesInTheirOrder() throws IOException {
    String contents = Files.readString(Path.of("src/main/java/d2s/engine/package-info.java"));

    assertThat(
            Pattern.compile("<li>\\{@link d2s\\.engine\\.(\\w+)}")
                .matcher(contents)
                .results()
                .map(found -> found.group(1)))
        .isEqualTo(ORDER);
  }

  /** What was package-private when these were one package: a run's machinery is the run's alone. */
  @Test
  void onlyARunReadsWritesAndIndexes() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "d2s.engine.read..",
            "d2s.engine.write..",
            "d2s.engine.index..",
            "d2s.engine.step..",
            "d2s.engine.transfer..",
            "d2s.engine.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("d2s.engine.read..", "d2s.engine.write..", "d2s.engine.index..")
        .check(ENGINE);
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("d2s.engine.(*)..").should().beFreeOfCycles().check(ENGINE);
  }

  @Test
  void theEngineUsesNothingOfTheOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to another module",
                type ->
                    type.getPackageName().startsWith("d2s")
                        && !type.getPackageName().startsWith("d2s.engine")))
        .check(ENGINE);
  }

  @Test
  void theEngineSpeaksOnlyThroughItsInterfaces() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(ENGINE);
  }

  @Test
  void theEngineKnowsNoProduct() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src/main"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(50);
    for (Path file : files) {
      List<String> named =
          Files.readAllLines(file).stream()
              .filter(line -> !line.startsWith("package ") && !line.startsWith("import "))
              .filter(
                  line ->
                      Stream.of("matrix", "dendrite", "synapse")
                          .anyMatch(line.toLowerCase(Locale.ROOT)::contains))
              .toList();
      assertThat(named).as("lines of %s that name a product", file).isEmpty();
    }
  }
}
