package d2s.matrix.push;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.json.HostileText;
import d2s.matrix.json.RandomJson;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands where push rules are meant, the account gets rules, and no rule twice. */
class HostilePushRulesPropertyTest {

  @Property(tries = 2_000)
  void theHookNeverFails(@ForAll("ruleSets") String content) {
    Translation translation = Translation.of(content);

    assertThat(translation.rules.stream().map(rule -> rule.split(" -?\\d")[0]))
        .doesNotHaveDuplicates();
    assertThat(translation.switches.stream().map(one -> one.replaceAll(" (true|false)$", "")))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 1_000)
  void actionsAreFoundOrTheNotificationIsLeftOut(
      @ForAll("ruleSets") String beginning, @ForAll("ruleSets") String notification) {
    try {
      assertThat(new PushFunctions().actions(beginning, notification)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("java.");
    }
  }

  @Provide
  Arbitrary<String> ruleSets() {
    Arbitrary<Object> rule =
        Arbitraries.oneOf(
            Arbitraries.maps(
                    Arbitraries.of(
                        "rule_id", "default", "enabled", "actions", "conditions", "pattern"),
                    Arbitraries.oneOf(
                        RandomJson.values(),
                        Arbitraries.of("a", ".m.rule.master", ".m.rule.message", "b/c"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(
                            List.of("notify"), List.of(), Arrays.asList("notify", null))))
                .ofMaxSize(6)
                .asGeneric(),
            RandomJson.values());
    Arbitrary<Object> kind =
        Arbitraries.oneOf(rule.list().ofMaxSize(4).asGeneric(), RandomJson.values());
    Arbitrary<Object> global =
        Arbitraries.oneOf(
            Arbitraries.maps(
                    Arbitraries.of("override", "content", "room", "sender", "underride"), kind)
                .asGeneric(),
            RandomJson.values());
    return HostileText.jsonLike(global.map(value -> Collections.singletonMap("global", value)));
  }
}
