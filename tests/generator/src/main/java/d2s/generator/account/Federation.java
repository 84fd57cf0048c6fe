package d2s.generator.account;

import d2s.generator.event.Person;
import d2s.generator.event.Server;
import d2s.generator.event.World;
import d2s.generator.table.Tables;

/** The keys of other servers, and what waits for one that does not answer. */
public final class Federation {
  private static final long YEAR = 31_536_000_000L;
  private static final int WAITING = 20;

  private Federation() {}

  public static void write(World world) {
    Tables tables = world.tables;
    for (Server peer : world.peers) {
      key(world, peer);
    }
    key(world, world.home);
    Server down = world.peers.get(world.peers.size() - 1);
    tables.of("federationsender_blacklist").row(down.name());
    for (int i = 1; i <= WAITING; i++) {
      Person sender = world.people.get(i % world.people.size());
      tables
          .of("federationsender_queue_json")
          .row(
              (long) i,
              "{\"edu_type\":\"m.direct_to_device\",\"origin\":\""
                  + World.SERVER_NAME
                  + "\",\"content\":{\"sender\":\""
                  + sender.id
                  + "\",\"type\":\"m.room.encrypted\",\"message_id\":\"message"
                  + i
                  + "\",\"messages\":{\"@down:"
                  + down.name()
                  + "\":{\"DOWN\":{\"algorithm\":\"m.olm.v1.curve25519-aes-sha2\","
                  + "\"ciphertext\":{},\"sender_key\":\""
                  + sender.curveKey
                  + "\"}}}}}");
      tables.of("federationsender_queue_edus").row("m.direct_to_device", down.name(), (long) i, 0L);
    }
  }

  public static long lastQueued() {
    return WAITING;
  }

  private static void key(World world, Server server) {
    String id = "ed25519:" + server.keyId();
    world
        .tables
        .of("keydb_server_keys")
        .row(
            server.name(),
            id,
            server.name() + "\u001f" + id,
            World.END + YEAR,
            0L,
            server.key().publicText());
  }
}
