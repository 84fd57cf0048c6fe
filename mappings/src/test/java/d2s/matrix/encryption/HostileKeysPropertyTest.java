package d2s.matrix.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.TextFunctions;
import d2s.matrix.json.HostileText;
import d2s.matrix.json.RandomJson;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands where keys and signatures are meant, no user's keys stop those of others. */
class HostileKeysPropertyTest {

  private final EncryptionFunctions encryption = new EncryptionFunctions();

  @Property(tries = 1_500)
  void theHookNeverFails(
      @ForAll("users") String user,
      @ForAll("keys") String key,
      @ForAll("deviceKeys") String device,
      @ForAll("keys") String signature,
      @ForAll("ids") String keyId,
      @ForAll boolean stale) {
    UserKeysScenario scenario =
        new UserKeysScenario(user)
            .key(1, key)
            .key(2, signature)
            .key(7, key)
            .device("D", device)
            .device(keyId, "{}", Long.MAX_VALUE, null)
            .signature(keyId, "D", signature)
            .signatureOf("@b:here", keyId, key, signature, key)
            .list(stale)
            .roomMate()
            .run();

    scenario
        .kinds()
        .forEach(
            kind ->
                assertThat(scenario.emitted(kind))
                    .allSatisfy(
                        row ->
                            assertThat(row.values())
                                .allMatch(
                                    value ->
                                        !(value instanceof String text)
                                            || TextFunctions.isStorable(text))));
  }

  @Property(tries = 1_500)
  void functionsAnswerOrGiveAReason(@ForAll("deviceKeys") String json) {
    encryption.isReadable(json);
    encryption.isMessage(json);
    try {
      encryption.isMessageBatch(encryption.content(json));
      encryption.deviceListChange(json);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("java.");
    }
  }

  @Provide
  Arbitrary<String> users() {
    return Arbitraries.of("@a:here", "@a:there", "nobody", "", ":");
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "ed25519:D", "D", "ed25519:"),
        Arbitraries.strings().alpha().ofMaxLength(9));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("ABCxyz0189+/-_=").ofMinLength(40).ofMaxLength(90),
        Arbitraries.of("A".repeat(43), "A".repeat(86), "", "=", "A".repeat(43) + "="));
  }

  @Provide
  Arbitrary<String> deviceKeys() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            RandomJson.values(),
            Arbitraries.of(
                "@a:here",
                "D",
                Map.of("ed25519:D", "A".repeat(43)),
                Map.of("@a:here", Map.of("ed25519:D", "A".repeat(86))),
                List.of("m.olm.v1")));
    return HostileText.jsonLike(
        Arbitraries.maps(
            Arbitraries.of(
                "user_id",
                "device_id",
                "keys",
                "signatures",
                "algorithms",
                "unsigned",
                "content",
                "messages",
                "edu_type"),
            values));
  }
}
