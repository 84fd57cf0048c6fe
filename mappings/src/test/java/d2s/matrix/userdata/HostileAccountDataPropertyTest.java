package d2s.matrix.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.TextFunctions;
import d2s.matrix.json.HostileText;
import d2s.matrix.json.RandomJson;
import java.util.Collections;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client stored as its account data, tags and lists are read or left out. */
class HostileAccountDataPropertyTest {

  private final UserDataFunctions functions = new UserDataFunctions();

  @Property(tries = 2_000)
  void whatIsReadableGivesStorableTagsAndUsers(@ForAll("contents") String content) {
    if (!functions.isReadable(content)) {
      return;
    }
    functions
        .tags(content)
        .forEach(
            (tag, value) -> {
              assertThat(TextFunctions.isStorable(tag)).isTrue();
              assertThat(TextFunctions.isStorable(value)).isTrue();
            });
    assertThat(functions.ignoredUsers(content, "@a:b"))
        .doesNotContain("@a:b")
        .doesNotHaveDuplicates()
        .allMatch(TextFunctions::isStorable);
  }

  @Provide
  Arbitrary<String> contents() {
    Arbitrary<Object> inner =
        Arbitraries.oneOf(
            RandomJson.values(),
            Arbitraries.maps(
                    Arbitraries.oneOf(RandomJson.strings(), Arbitraries.of("@a:b", "m.favourite")),
                    RandomJson.values())
                .ofMaxSize(4)
                .asGeneric());
    return HostileText.jsonLike(
        Arbitraries.oneOf(
            Arbitraries.of("tags", "ignored_users")
                .flatMap(name -> inner.map(value -> Collections.singletonMap(name, value))),
            RandomJson.values()));
  }
}
