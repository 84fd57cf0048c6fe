package d2s.cli.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final String SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final String PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final OldSigningKey OLD = new OldSigningKey("ed25519:then", PUBLIC, 17);

  private SigningKey key;

  @BeforeEach
  void readKey() throws InvalidSigningKeyException {
    key = SigningKey.fromSynapse("ed25519 now " + SEED);
  }

  private static PublishedKeys published(String keyId, String publicKey, OldSigningKey... old) {
    Map<String, OldSigningKey> oldKeys = new java.util.HashMap<>();
    for (OldSigningKey one : old) {
      oldKeys.put(one.keyId(), one);
    }
    return new PublishedKeys("example.org", Map.of(keyId, publicKey), oldKeys);
  }

  @Test
  void theSameKeysDoNotDiffer() {
    assertThat(published("ed25519:now", PUBLIC, OLD).differences(key, List.of(OLD))).isEmpty();
    assertThat(published("ed25519:now", PUBLIC, OLD).differences(key, null)).isEmpty();
  }

  @Test
  void anotherKeyIsTold() {
    assertThat(published("ed25519:now", PUBLIC.replace('1', '2')).differences(key, List.of()))
        .singleElement()
        .asString()
        .startsWith("its ed25519:now is 22qY");
    assertThat(published("ed25519:new", PUBLIC).differences(key, List.of()))
        .containsExactly("it signs with ed25519:new, not with ed25519:now");
  }

  @Test
  void otherOldKeysAreTold() {
    assertThat(published("ed25519:now", PUBLIC).differences(key, List.of(OLD)))
        .containsExactly("it does not publish the old key ed25519:then");
    assertThat(published("ed25519:now", PUBLIC, OLD).differences(key, List.of()))
        .containsExactly("it publishes an old key that dendrite.yaml does not name, ed25519:then");
    for (OldSigningKey other :
        List.of(
            new OldSigningKey(OLD.keyId(), PUBLIC, 18),
            new OldSigningKey(OLD.keyId(), PUBLIC.replace('1', '2'), 17))) {
      assertThat(published("ed25519:now", PUBLIC, other).differences(key, List.of(OLD)))
          .containsExactly("it publishes another old key, or another end of it, as ed25519:then");
    }
  }
}
