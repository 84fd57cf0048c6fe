package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document that says of each query why no row stops the rest forgets none. */
class ReliabilityDocumentTest {

  @Test
  void namesEachMappingAndEachFactThatReadsRows() throws IOException {
    MappingSet set = MappingSetLoader.loadResources("dendrite-to-synapse");
    String document = Files.readString(Path.of("../docs/development/reliability.md"));

    assertThat(set.mappings())
        .allSatisfy(mapping -> assertThat(document).contains("`" + mapping.name() + "`"));
    assertThat(set.facts())
        .filteredOn(fact -> fact.side() == Side.SOURCE && fact.sql().value().contains(" from "))
        .isNotEmpty()
        .allSatisfy(fact -> assertThat(document).contains("`" + fact.name() + "`"));
  }
}
