package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.switchover.client.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Accounts, passwords, devices and profiles. */
public final class AccountsAct implements Act {
  private Person second;
  private Person loggedOut;
  private Person deleted;
  private Person deactivated;
  private String oldPassword;
  private String newPassword;

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    world.administrator("admin");
    setProfile(alice, "Al\u00efce <" + world.word() + "> \ud83e\udd84");
    setProfile(world.person("bob"), "Bob " + world.word());
    second = world.anotherDevice(alice, "SECOND");
    rename(second, "kitchen \u2615");
    loggedOut = world.anotherDevice(alice, "GONE");
    loggedOut.client().post(List.of("logout"), Map.of()).orFail();
    deleted = world.anotherDevice(alice, "DELETED");
    withPassword(
        alice, alice.password(), "DELETE", List.of("devices", deleted.deviceId()), Map.of());
    Person olivia = world.person("olivia");
    setProfile(olivia, "nobody in particular");
    setProfile(olivia, "");
    changePassword(world);
    deactivated = world.person("nobody");
    withPassword(
        deactivated, deactivated.password(), "POST", List.of("account", "deactivate"), Map.of());
    world.people().remove("nobody");
  }

  private static void setProfile(Person person, String name) {
    person
        .client()
        .put(List.of("profile", person.userId(), "displayname"), Map.of("displayname", name))
        .orFail();
  }

  private static void rename(Person device, String name) {
    device
        .client()
        .put(List.of("devices", device.deviceId()), Map.of("display_name", name))
        .orFail();
  }

  private void changePassword(World world) {
    Person judy = world.person("judy");
    oldPassword = judy.password();
    newPassword = "new " + world.word();
    withPassword(
        judy,
        oldPassword,
        "POST",
        List.of("account", "password"),
        Map.of("new_password", newPassword, "logout_devices", false));
  }

  /** A call that asks for the password once more. */
  private static void withPassword(
      Person person, String password, String method, List<String> path, Map<String, Object> body) {
    String prefix = "/_matrix/client/v3";
    Answer challenge = person.client().send(method, prefix, path, body);
    Map<String, Object> complete = new java.util.HashMap<>(body);
    complete.put(
        "auth",
        Map.of(
            "type",
            "m.login.password",
            "session",
            challenge.body().path("session").asText(),
            "user",
            person.userId(),
            "identifier",
            Map.of("type", "m.id.user", "user", person.userId()),
            "password",
            password));
    person.client().send(method, prefix, path, complete).orFail();
  }

  @Override
  public void after(World world) {
    Person alice = world.person("alice");
    Person judy = world.person("judy");
    assertThat(login(world, judy, newPassword).status())
        .as("login with the new password")
        .isEqualTo(200);
    assertThat(login(world, judy, oldPassword).status())
        .as("login with the old password")
        .isEqualTo(403);
    assertThat(login(world, alice, alice.password()).status()).as("login of alice").isEqualTo(200);
    assertThat(login(world, deactivated, deactivated.password()).status())
        .as("login of a deactivated user")
        .isEqualTo(403);
    assertThat(whoAmI(loggedOut).status()).as("a token that was logged out").isEqualTo(401);
    assertThat(whoAmI(deleted).status()).as("a token of a deleted device").isEqualTo(401);
    assertThat(whoAmI(deactivated).status()).as("a token of a deactivated user").isEqualTo(401);
    assertThat(whoAmI(second).orFail().get("device_id").asText())
        .as("the second device of alice")
        .isEqualTo(second.deviceId());
    List<String> names = new ArrayList<>();
    for (JsonNode device : alice.client().get(List.of("devices")).orFail().get("devices")) {
      names.add(device.get("device_id").asText() + ": " + device.path("display_name").asText());
    }
    assertThat(names).contains("SECOND: kitchen \u2615").doesNotContain("GONE: ", "DELETED: ");
    assertThat(
            world
                .peerPerson("pia")
                .client()
                .get(List.of("profile", world.person("olivia").userId()))
                .orFail()
                .path("displayname")
                .asText(""))
        .as("the name of one who has taken it away")
        .isEmpty();
    second.client().post(List.of("logout"), Map.of()).orFail();
    assertThat(whoAmI(second).status()).as("a token that is logged out now").isEqualTo(401);
  }

  private static Answer whoAmI(Person person) {
    return person.client().get(List.of("account", "whoami"));
  }

  private static Answer login(World world, Person person, String password) {
    return world
        .home()
        .server()
        .client(null)
        .post(
            List.of("login"),
            Map.of(
                "type",
                "m.login.password",
                "identifier",
                Map.of("type", "m.id.user", "user", person.userId()),
                "password",
                password));
  }
}
