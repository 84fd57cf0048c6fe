package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.List;
import java.util.Map;

/** An e-mail address that belongs to an account, by which its owner logs in. */
public final class ThirdPartyAct implements Act {
  private String address;

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    address = world.word() + "@example.org";
    dave.client()
        .post(
            List.of("account", "3pid"),
            Map.of(
                "three_pid_creds",
                Map.of(
                    "id_server",
                    world.identityServer().name(),
                    "sid",
                    world.identityServer().confirm(address),
                    "client_secret",
                    "of-no-use"),
                "bind",
                false))
        .orFail();
    assertBelongsTo(dave);
  }

  private void assertBelongsTo(Person person) {
    JsonNode ids = person.client().get(List.of("account", "3pid")).orFail().get("threepids");
    assertThat(ids).hasSize(1);
    assertThat(ids.at("/0/medium").asText()).isEqualTo("email");
    assertThat(ids.at("/0/address").asText()).as("address of " + person).isEqualTo(address);
  }

  @Override
  public void after(World world) {
    Person dave = world.person("dave");
    assertBelongsTo(dave);
    assertThat(
            world
                .home()
                .server()
                .client(null)
                .post(
                    List.of("login"),
                    Map.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        Map.of("type", "m.id.thirdparty", "medium", "email", "address", address),
                        "password",
                        dave.password()))
                .orFail()
                .get("user_id")
                .asText())
        .as("who logs in by e-mail address")
        .isEqualTo(dave.userId());
  }
}
