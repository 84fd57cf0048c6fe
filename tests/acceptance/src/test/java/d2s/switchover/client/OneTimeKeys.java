package d2s.switchover.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Claims the one-time keys of a device that is offline; a key may be handed out once, ever. */
public final class OneTimeKeys {
  private static final String ALGORITHM = "signed_curve25519";

  private final Person claimer;
  private final Person owner;
  private final List<String> claimed = new ArrayList<>();

  public OneTimeKeys(Person claimer, Person owner) {
    this.claimer = claimer;
    this.owner = owner;
  }

  /** Claims that many, one after the other. */
  public void claim(int count) {
    for (int i = 0; i < count; i++) {
      Map.Entry<String, JsonNode> key = claimOne();
      assertThat(key).as("a one-time key of " + owner).isNotNull();
      assertThat(key.getValue().path("fallback").asBoolean())
          .as("the key is a fallback key")
          .isFalse();
      claimed.add(key.getValue().get("key").asText());
    }
    assertThat(claimed).as("one-time keys of %s", owner).doesNotHaveDuplicates();
  }

  /** Claims all that the server says are left. After them there is none, or a fallback key. */
  public void claimTheRest() {
    int left = left();
    assertThat(left).as("one-time keys that are left of %s", owner).isPositive();
    claim(left);
    Map.Entry<String, JsonNode> another = claimOne();
    assertThat(another == null || another.getValue().path("fallback").asBoolean())
        .as("after the last one-time key there is none, or the fallback key")
        .isTrue();
  }

  private int left() {
    return owner
        .client()
        .post(List.of("keys", "upload"), Map.of())
        .orFail()
        .path("one_time_key_counts")
        .path(ALGORITHM)
        .asInt();
  }

  private Map.Entry<String, JsonNode> claimOne() {
    JsonNode keys =
        claimer
            .client()
            .post(
                List.of("keys", "claim"),
                Map.of(
                    "one_time_keys", Map.of(owner.userId(), Map.of(owner.deviceId(), ALGORITHM))))
            .orFail()
            .path("one_time_keys")
            .path(owner.userId())
            .path(owner.deviceId());
    return keys.isEmpty() ? null : keys.properties().iterator().next();
  }
}
