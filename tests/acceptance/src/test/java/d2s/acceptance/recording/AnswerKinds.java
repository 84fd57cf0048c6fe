package d2s.acceptance.recording;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The kinds of answers that a test compares; each must hold at least one. */
public final class AnswerKinds {

  /** All, in the order of the table that a test prints. */
  public static final List<String> RECORDED =
      List.of(
          "token_gone",
          "whoami",
          "devices",
          "profile",
          "joined_rooms",
          "fed_server_key",
          "room_access",
          "messages_denied",
          "state",
          "members",
          "joined_members",
          "aliases_room",
          "messages",
          "messages_order",
          "messages_duplicated",
          "event",
          "context",
          "relations",
          "directory",
          "directory_visibility",
          "since_accepted",
          "since_rooms",
          "sync_section",
          "sync_timeline_join",
          "sync_state_join",
          "sync_summary",
          "sync_invite_state",
          "keys_query",
          "otk_counts",
          "sync_otk_counts",
          "sync_fallback_types",
          "backup_version",
          "backup_sessions",
          "backup_old_keys",
          "sync_to_device",
          "since_to_device",
          "since_device_lists",
          "account_data",
          "sync_account_data",
          "sync_room_account_data",
          "since_account_data",
          "tags",
          "pushrules",
          "pushers",
          "filters",
          "sync_receipts",
          "sync_unread",
          "notifications",
          "presence",
          "public_rooms",
          "hierarchy",
          "event_reports",
          "registration_tokens",
          "media",
          "thumbnails");

  /** Kinds of which the people of the switchover have no answer, or none that stays the same. */
  private static final Set<String> OF_RECORDINGS_ONLY =
      Set.of(
          "token_gone",
          "messages_duplicated",
          "keys_query",
          "otk_counts",
          "sync_otk_counts",
          "sync_fallback_types",
          "backup_version",
          "backup_sessions",
          "backup_old_keys",
          "since_device_lists",
          "since_account_data",
          "public_rooms",
          "hierarchy",
          "event_reports",
          "registration_tokens");

  /** Those of people who go on living across the switch. */
  public static final List<String> LIVING =
      RECORDED.stream().filter(Predicate.not(OF_RECORDINGS_ONLY::contains)).toList();

  private AnswerKinds() {}
}
