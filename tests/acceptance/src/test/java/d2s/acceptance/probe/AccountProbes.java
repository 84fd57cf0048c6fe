package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import java.util.List;

/** Who am I, which devices and rooms do I have, what is my profile. */
public final class AccountProbes extends Probes {
  public AccountProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    for (Person person : recorded.localPeople()) {
      for (Device device : person.devices()) {
        askDevice(person, device);
      }
      if (person.device() != null) {
        put("devices", person, List.of("devices"));
        put("joined_rooms", person, List.of("joined_rooms"));
      }
    }
    MatrixClient anybody = clientOf(firstPerson());
    for (String name : recorded.answers().of("profile").keySet()) {
      String userId = recorded.people().get(name).userId();
      answers.put("profile", name, anybody.get(List.of("profile", userId)).recorded());
    }
    JsonNode keys = anybody.getBelow("/_matrix/key/v2", List.of("server")).orFail();
    answers.put(
        "fed_server_key",
        "verify_keys",
        object()
            .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                "verify_keys", keys.get("verify_keys"))
            .set("server_name", keys.get("server_name")));
  }

  /** A token that was revoked must stay revoked; every other one must still name its device. */
  private void askDevice(Person person, Device device) {
    String key = Answers.key(person.name(), device.deviceId());
    MatrixClient.Answer whoAmI = server.client(device.token()).get(List.of("account", "whoami"));
    if (whoAmI.isOk()) {
      answers.put("whoami", key, whoAmI.body());
    } else {
      answers.put("token_gone", key, IntNode.valueOf(whoAmI.status()));
    }
  }

  private void put(String kind, Person person, List<String> path) {
    answers.put(kind, person.name(), clientOf(person.name()).get(path).recorded());
  }

  private String firstPerson() {
    return recorded.localPeople().stream()
        .filter(person -> person.device() != null)
        .findFirst()
        .orElseThrow()
        .name();
  }
}
