package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.catalog.CatalogDifference;
import d2s.engine.catalog.CatalogDifference.Kind;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a contributor is told about a new schema, and in which form. */
class SchemaDriftTest {

  private final CatalogDifference came =
      new CatalogDifference(Kind.COLUMN, "users", "is_robot", null, "bool");
  private final CatalogDifference went =
      new CatalogDifference(Kind.COLUMN, "users", "shadow_banned", "bool", null);
  private final SchemaDrift drift =
      new SchemaDrift(
          MappingSetLoader.loadResources("dendrite-to-synapse"), List.of(came, went), "95");

  @Test
  void aNewColumnComesWithLinesToWriteAndAGuess() {
    List<String> advice = drift.advice(came);

    assertThat(advice.get(0))
        .matches("map it, where the mapping fills users \\(1-accounts/users.yaml:\\d+:3\\):");
    assertThat(advice.subList(1, advice.size()))
        .containsExactly(
            "  is_robot: { value: false, synapse: '>=95' }",
            "or add to a ledger file of the target:",
            "  users:",
            "    is_robot: { reason: why it starts empty, synapse: '>=95' }",
            "a guess: this is shadow_banned under a new name");
  }

  @Test
  void aColumnThatWentComesWithTheLinesThatFillIt() {
    assertThat(drift.advice(went))
        .hasSize(3)
        .satisfies(
            lines -> assertThat(lines.get(0)).matches("touches 1-accounts/users.yaml:\\d+:5"))
        .endsWith("  shadow_banned: { value: false, synapse: '<95' }");
  }

  @Test
  void aColumnThatMustBeFilledIsNotForALedger() {
    CatalogDifference must =
        new CatalogDifference(Kind.COLUMN, "users", "tenant", null, "text not null");

    assertThat(drift.advice(must))
        .hasSize(3)
        .endsWith(
            "  tenant: { value: …, synapse: '>=95' }",
            "it must be filled: it is NOT NULL and has no default");
  }

  @Test
  void aColumnOfADerivationKeepsItsSql() {
    CatalogDifference gone =
        new CatalogDifference(
            Kind.COLUMN, "device_lists_changes_in_room", "opentracing_context", "text", null);

    assertThat(drift.advice(gone))
        .hasSize(3)
        .endsWith("  opentracing_context: { value: '''{}''', synapse: '<95' }");
  }

  /** The line that fills it is for other versions only, so that nothing is left to do. */
  @Test
  void aColumnThatWentAndIsProvidedForNeedsNoWords() {
    SchemaDrift later =
        new SchemaDrift(MappingSetLoader.loadResources("dendrite-to-synapse"), List.of(), "87");

    assertThat(
            later.advice(
                new CatalogDifference(Kind.COLUMN, "redactions", "recheck", "bool not null", null)))
        .isEmpty();
  }

  @Test
  void anotherTypeComesWithAValueForEachRange() {
    assertThat(
            drift.advice(new CatalogDifference(Kind.TYPE, "users", "creation_ts", "int8", "int4")))
        .hasSize(5)
        .endsWith(
            "look whether the values fit; if not, write one for each range of versions:",
            "  creation_ts:",
            "    - { value: 'created_ts < 0 || created_ts > now_ms + 86400000 ? 0 : created_ts / 1000',"
                + " synapse: '<95' }",
            "    - { value: …, synapse: '>=95' }");
  }

  @Test
  void aNumberThatBecameATextComesWithTheText() {
    assertThat(
            drift.advice(
                new CatalogDifference(Kind.TYPE, "event_reports", "received_ts", "int8", "text")))
        .endsWith(
            "    - { value: received_ts, synapse: '<95' }",
            "    - { value: \"received_ts == null ? null : '' + received_ts\", synapse: '>=95' }");
  }

  /** The line for older versions must not be for those that never had the column. */
  @Test
  void theLineForOlderVersionsBeginsWhereThePresentOneDoes() {
    assertThat(
            drift.advice(
                new CatalogDifference(
                    Kind.TYPE, "local_media_repository", "sha256", "text", "bytea")))
        .endsWith(
            "    - { value: 'media:hexadecimal(base64hash)', synapse: '>=91 <95' }",
            "    - { value: …, synapse: '>=95' }");
    assertThat(
            drift.advice(
                new CatalogDifference(
                    Kind.COLUMN, "local_media_repository", "sha256", "text", null)))
        .endsWith("  sha256: { value: 'media:hexadecimal(base64hash)', synapse: '>=91 <95' }");
  }

  /** Whoever has written one line for each range is not asked again. */
  @Test
  void anotherTypeThatIsProvidedForOnlyNamesTheLine() {
    SchemaDrift earlier =
        new SchemaDrift(MappingSetLoader.loadResources("dendrite-to-synapse"), List.of(), "91");

    assertThat(
            earlier.advice(
                new CatalogDifference(
                    Kind.TYPE, "local_media_repository", "sha256", "text", "bytea")))
        .singleElement()
        .asString()
        .matches("touches 6-media/local-media.yaml:\\d+:5");
  }

  /** Two mappings fill it, with the same. */
  @Test
  void aNewNameComesWithTheValueThatAllLinesHave() {
    CatalogDifference old =
        new CatalogDifference(Kind.COLUMN, "room_memberships", "membership", "text not null", null);
    CatalogDifference renamed =
        new CatalogDifference(Kind.COLUMN, "room_memberships", "kind", null, "text not null");
    SchemaDrift names =
        new SchemaDrift(
            MappingSetLoader.loadResources("dendrite-to-synapse"), List.of(old, renamed), "95");

    assertThat(names.advice(old))
        .endsWith("  membership: { value: 'pdu.membership', synapse: '<95' }");
    assertThat(names.advice(renamed))
        .contains("  kind: { value: 'pdu.membership', synapse: '>=95' }");
  }

  /** Their values differ, so that nobody can say which one is meant. */
  @Test
  void aColumnThatTwoLinesFillDifferentlyIsLeftOpen() {
    assertThat(drift.advice(new CatalogDifference(Kind.COLUMN, "devices", "hidden", "bool", null)))
        .endsWith("  hidden: { value: …, synapse: '<95' }");
  }

  /** The check of files sees no rows, and a load does not forgive. */
  @Test
  void aNewCheckConstraintComesWithWhatItDoes() {
    assertThat(
            drift.advice(
                new CatalogDifference(
                    Kind.CHECK, "profiles", null, null, "(char_length(displayname) <= 100)")))
        .endsWith(
            "nothing looks at it before the load, and a row that breaks it ends the load.",
            "Give a value that fits, or skip such rows");
  }

  @Test
  void aNewTableComesWithTheCommandThatBeginsItsMapping() {
    assertThat(
            drift.advice(new CatalogDifference(Kind.TABLE, "blocks", null, null, "(destination)")))
        .containsExactly(
            "map it (d2s new mapping blocks --synapse-catalog … writes the beginning),",
            "or add to a ledger file of the target:",
            "  blocks: { reason: why it starts empty, synapse: '>=95' }");
  }

  /** No row and no ledger accounts for a sequence, so that nothing else speaks of a new one. */
  @Test
  void aNewSequenceComesWithTheQuestionWhetherItNumbersLoadedRows() {
    assertThat(
            drift.advice(new CatalogDifference(Kind.SEQUENCE, "sticky_sequence", null, null, "{}")))
        .hasSize(4)
        .satisfies(
            lines ->
                assertThat(lines.get(1))
                    .matches(".*in a mapping \\(10-positions/sequences.yaml:\\d+:3\\):"))
        .endsWith("  sequences:", "    sticky_sequence: { value: …, synapse: '>=95' }");
  }

  @Test
  void aSequenceThatWentComesWithTheLineThatSetsIt() {
    assertThat(
            drift.advice(
                new CatalogDifference(Kind.SEQUENCE, "pushers_sequence", null, "{}", null)))
        .hasSize(3)
        .satisfies(
            lines -> assertThat(lines.get(0)).matches("touches 10-positions/sequences.yaml:\\d+:3"))
        .endsWith("  pushers_sequence: { value: …, synapse: '<95' }");
  }

  @Test
  void aProblemIsOneLineForEditorsAndForWorkflows() {
    Problem problem =
        new Problem(new Position(new SourceText("a/b.yaml", "x"), 3, 7), "50% of this\nis wrong");

    assertThat(ProblemFormat.line.line(problem, "m/"))
        .startsWith("m/a/b.yaml:3:7: error: 50% of this");
    assertThat(ProblemFormat.github.line(problem, "m/"))
        .isEqualTo("::error file=m/a/b.yaml,line=3,col=7::50%25 of this%0Ais wrong");
  }

  @Test
  void aProblemInJavaHasThePathOfItsFile() {
    Problem problem =
        new Problem(new Position(new SourceText("../src/A.java", "x"), 3, 7), "is wrong");

    assertThat(ProblemFormat.line.line(problem, "m/files/"))
        .isEqualTo("m/src/A.java:3:7: error: is wrong");
  }
}
