package d2s.switchover;

import d2s.switchover.act.Act;
import d2s.switchover.act.EncryptionAct;
import d2s.switchover.act.FederationAct;
import d2s.switchover.act.MembershipAct;
import d2s.switchover.act.MessagesAct;
import d2s.switchover.act.VersionsAct;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A deliberate mistake in one mapping file.
 *
 * @param name what goes wrong
 * @param file below the directory of the mapping files
 * @param right what stands there, once
 * @param wrong what the mistake makes of it
 */
record InjectedFault(String name, String file, String right, String wrong) {
  private static final Path MAPPINGS =
      ProjectDirectory.root().resolve("mappings").resolve("dendrite-to-synapse");

  /** Mistakes that change what Synapse answers to a question that Dendrite was asked before. */
  static List<InjectedFault> inAnswers() {
    return List.of(
        new InjectedFault(
            "live events are numbered too high",
            "3-events/events.yaml",
            "k.stream_ordering, k.live, k.outlier",
            "case when k.live then k.stream_ordering + 1000000 else k.stream_ordering end"
                + " as stream_ordering, k.live, k.outlier"),
        new InjectedFault(
            "rooms of version 9 are skipped",
            "set.yaml",
            "room_nid + ' ' + matrix:carriedVersion",
            "room_version == '9' ? null : room_nid + ' ' + matrix:carriedVersion"),
        new InjectedFault(
            "relations between events are lost",
            "3-events/events.yaml",
            "when: accepted && pdu.relatesTo != null",
            "when: 'false'"),
        new InjectedFault(
            "display names are lost from memberships",
            "3-events/events.yaml",
            "display_name: pdu.displayName",
            "display_name: null"),
        new InjectedFault(
            "receipts are lost",
            "7-userdata/receipts.yaml",
            "  receipts_linearized:\n",
            "  receipts_linearized:\n    when: 'false'\n"),
        new InjectedFault(
            "push rules are on that were off",
            "7-userdata/push-rules.yaml",
            "'enabled ? 1 : 0'",
            "1"),
        new InjectedFault(
            "tags lose their order",
            "7-userdata/account-data.yaml",
            "content: tag.value",
            "content: \"'{}'\""),
        new InjectedFault(
            "unread counts are lost",
            "7-userdata/unread-counts.yaml",
            "notif_count: notifications",
            "notif_count: 0"),
        new InjectedFault(
            "filters get other numbers",
            "7-userdata/filters.yaml",
            "filter_id: id",
            "filter_id: id + 1000"),
        new InjectedFault(
            "devices lose their names",
            "1-accounts/devices.yaml",
            "display_name: text:emptyToNull(display_name)",
            "display_name: null"));
  }

  /** Mistakes that only a client notices that goes on with its own crypto store. */
  private static List<InjectedFault> inEncryption() {
    return List.of(
        new InjectedFault(
            "messages to devices stand below the positions of clients",
            "8-encryption/device-inbox.yaml",
            "stream_id: floor + rank",
            "stream_id: rank"),
        new InjectedFault(
            "cross-signing signatures are lost",
            "8-encryption/user-keys.yaml",
            "    rows: signature\n",
            "    rows: signature\n    when: 'false'\n"),
        new InjectedFault(
            "messages that wait for another server's devices are lost",
            "8-encryption/device-outbox.yaml",
            "  device_federation_outbox:\n",
            "  device_federation_outbox:\n    when: 'false'\n"),
        new InjectedFault(
            "the key backup is empty",
            "8-encryption/backup-keys.yaml",
            "when: versions.has(user_id, version)\n    user_id",
            "when: 'false'\n    user_id"),
        new InjectedFault(
            "one-time keys are lost",
            "8-encryption/one-time-keys.yaml",
            "  e2e_one_time_keys_json:\n",
            "  e2e_one_time_keys_json:\n    when: 'false'\n"),
        new InjectedFault(
            "changes of device lists stand below the positions of clients",
            "8-encryption/device-lists.yaml",
            "stream_id: floor + rank\n    user_id",
            "stream_id: rank\n    user_id"));
  }

  /**
   * People who go on, and the mistakes that only they notice.
   *
   * @param acts makes what they do
   */
  record Notice(Supplier<List<Act>> acts, List<InjectedFault> faults) {}

  /** Mistakes that somebody notices who goes on, by what they do. */
  static List<Notice> inActs() {
    return List.of(
        new Notice(
            () -> List.of(new MembershipAct()),
            List.of(
                new InjectedFault(
                    "forgotten rooms come back",
                    "3-events/events.yaml",
                    "forgotten: 'forgotten.has(room_id, pdu.stateKey) ? 1 : 0'",
                    "forgotten: 0"))),
        new Notice(
            () -> List.of(new MessagesAct()),
            List.of(
                new InjectedFault(
                    "transaction ids are lost",
                    "3-events/events.yaml",
                    "is_guarded && own_device != null && pdu.originServerTs > transactions_since_ms",
                    "is_guarded && false"))),
        new Notice(
            () -> List.of(new VersionsAct(), new MessagesAct(), new FederationAct()),
            List.of(
                new InjectedFault(
                    "signatures of events are lost",
                    "3-events/events.yaml",
                    "room_id, room_version, j.event_json, stream_ordering",
                    "room_id, room_version, regexp_replace(j.event_json,"
                        + " '\"signatures\":\\{(\"[^\"]*\":\\{[^}]*\\},?)*\\}',"
                        + " '\"signatures\":{}') as event_json, stream_ordering"))),
        new Notice(
            () -> List.of(new VersionsAct(), new MessagesAct(), new FederationAct()),
            List.of(
                new InjectedFault(
                    "other servers have got nothing yet",
                    "9-server/destinations.yaml",
                    "last_successful_stream_ordering: delivered",
                    "last_successful_stream_ordering: 0"))),
        new Notice(() -> List.of(new EncryptionAct()), inEncryption()));
  }

  /**
   * The mapping files with this mistake in them.
   *
   * @param directory made; must not be there
   */
  Path in(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(MAPPINGS)) {
      for (Path original : files.toList()) {
        Path copy = directory.resolve(MAPPINGS.relativize(original).toString());
        if (Files.isDirectory(original)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(original, copy);
        }
      }
    }
    Path changed = directory.resolve(file);
    String text = Files.readString(changed);
    int examples = text.indexOf("\nexamples:");
    String rules = examples < 0 ? text : text.substring(0, examples);
    if (rules.indexOf(right) < 0 || rules.indexOf(right) != rules.lastIndexOf(right)) {
      throw new AssertionError(
          "the mistake \"" + name + "\" no longer fits: " + file + " does not have once: " + right);
    }
    Files.writeString(changed, rules.replace(right, wrong) + text.substring(rules.length()));
    return directory;
  }

  @Override
  public String toString() {
    return name;
  }
}
