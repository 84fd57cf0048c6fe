package d2s.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import d2s.engine.bound.OmittedMapping;
import d2s.engine.concurrent.Threads;
import d2s.engine.examples.ExampleTrials;
import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import d2s.engine.ledger.LedgerCheck.Unaccounted;
import d2s.engine.run.RunOptions;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.Origin;
import d2s.engine.transfer.FileOptions;
import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.UnfitSql;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.Verifier;
import d2s.engine.verify.VerifierOptions;
import org.junit.jupiter.api.Test;

/** The command line talks to the engine through its facade; what it gives and gets is data. */
class EngineUseTest {

  /** Of these packages everything is data, or reads and writes it. */
  private static final String[] DATA = {
    "d2s.engine.yaml",
    "d2s.engine.mapping",
    "d2s.engine.schema",
    "d2s.engine.catalog",
    "d2s.engine.plan",
    "d2s.engine.docs",
    "d2s.engine.result"
  };

  @Test
  void theCommandLineUsesTheFacadeAndData() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("d2s.engine..")
                .and(not(resideInAPackage("d2s.engine")))
                .and(not(resideInAnyPackage(DATA)))
                .and(
                    not(
                        belongToAnyOf(
                            ExampleTrials.class,
                            ExampleTrials.Case.class,
                            ExampleTrials.EmptyDatabases.class,
                            ExampleTrials.Running.class,
                            OmittedMapping.class,
                            Unaccounted.class,
                            SqlErrors.class,
                            FailedDatabase.class,
                            Threads.class,
                            SqlIdentifier.class,
                            Origin.class,
                            Distribution.class,
                            Distribution.Place.class,
                            RunOptions.class,
                            FileOptions.class,
                            CopyMode.class,
                            StoreFolders.class,
                            Verifier.Starting.class,
                            VerifierOptions.class,
                            VerificationResults.class,
                            VerificationResult.class,
                            Outcome.class,
                            UnfitSql.class,
                            Finding.class))))
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("d2s.cli"));
  }
}
