package d2s.acceptance.comparison;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The differences between the two servers that are not losses: the same fact in another form, or a
 * fault of Dendrite that nobody wants back. Each rule says which answers it may touch and why; it
 * changes an item only where that reason holds. What is left over after all rules is a difference.
 */
public enum ToleratedDifference {
  SERVERS_ANNOTATE_DIFFERENTLY(
      "Synapse adds user_id (the sender), the sender's membership, the age and copies of unsigned"
          + " fields; Dendrite adds prev_sender and redacted_by. Both say the same of a redaction,"
          + " in other words.",
      Set.of("state", "messages", "event"),
      EventRules::annotations),
  WRONG_PREDECESSOR(
      "Dendrite at times says that a state event replaced one with another state key or one of another"
          + " branch, and makes up the invite by another server that a join replaced.",
      Set.of("state", "messages", "event"),
      EventRules::wrongPredecessor),
  REPLACED_STATE_IS_ALWAYS_TOLD(
      "Dendrite says in some answers only what a state event replaced, Synapse in all of them.",
      Set.of("state", "messages", "event"),
      EventRules::replacedState),
  REDACTED_PREDECESSOR_IS_PRUNED(
      "Dendrite goes on to show what a redacted state event said as the former content of the next one.",
      Set.of("state", "messages", "event"),
      EventRules::redactedPredecessor),
  INVITE_STATE_IS_FOR_THE_INVITED(
      "Synapse shows the stripped state of an invite in /sync only, where it is compared.",
      Set.of("state", "messages", "event"),
      EventRules::inviteState),
  REDACTS_IN_CONTENT_TOO(
      "Synapse shows the target of a redaction also inside the content, in every room version.",
      Set.of("messages", "event"),
      EventRules::redactsInContent),
  REDACTED_REDACTION_IS_WITHHELD(
      "Synapse shows no redaction that was itself redacted, since it no longer says what it redacts;"
          + " its target stays redacted.",
      Set.of("messages", "messages_order", "event", "context", "sync_timeline_join", "since_rooms"),
      EventRules::withheldRedactions),
  REMOTE_REDACTION_TAKES_EFFECT(
      "Dendrite ignores redactions by other servers in rooms of version 11 and later, which every"
          + " other server has applied.",
      Set.of("messages", "messages_order", "event", "sync_timeline_join"),
      EventRules::remoteRedactions),
  IGNORED_PEOPLE_ARE_HIDDEN(
      "Synapse hides messages of ignored people in the history too, Dendrite in /sync only.",
      Set.of("messages", "messages_order", "event", "context"),
      HistoryRules::ignoredPeople),
  ONLY_MEMBERS_READ(
      "Synapse lets nobody read a room who is invited, banned or knocking, or who has forgotten it.",
      Set.of(
          "room_access",
          "state",
          "members",
          "joined_members",
          "aliases_room",
          "messages",
          "messages_order",
          "context"),
      RoomRules::onlyMembersRead),
  STRANGERS_ARE_REFUSED(
      "Dendrite answers strangers with an empty page, Synapse with 403.",
      Set.of("messages_denied"),
      RoomRules::strangersAreRefused),
  WORLD_READABLE_PAGE(
      "A stranger's page of a world readable room: Dendrite shows a part of what the world may read.",
      Set.of("messages_denied"),
      RoomRules::worldReadablePage),
  MEMBER_LIST_HAS_THE_STATE(
      "Dendrite's /members omits people whom its own /state lists for the same user.",
      Set.of("members"),
      RoomRules::memberIsInState),
  FORMER_MEMBERS_SEE_THE_PAST(
      "Who has left a room that the world may read sees its state of then; Dendrite shows that of now.",
      Set.of("state"),
      RoomRules::stateOfThen),
  OPEN_ROOMS_TELL_THEIR_MEMBERS(
      "Synapse tells everybody who is in a room that the world may read, as it tells members;"
          + " Dendrite refuses.",
      Set.of("joined_members"),
      RoomRules::membersOfOpenRooms),
  NO_NAME_IS_NULL(
      "Dendrite says '' for a name or avatar that is not set, Synapse null or ''.",
      Set.of("joined_members"),
      RoomRules::noNameIsNull),
  ALIASES_IN_ANY_ORDER("A list without order.", Set.of("aliases_room"), RoomRules::aliases),
  REMOTE_ALIAS_NEEDS_ITS_SERVER(
      "An alias of another server is looked up there, and no other server is running.",
      Set.of("directory"),
      RoomRules::remoteAlias),
  SERVERS_IN_ANY_ORDER(
      "The servers of an alias come in no particular order, and Synapse lists those in the room.",
      Set.of("directory"),
      RoomRules::serversInAnyOrder),
  SHARED_HISTORY_IS_SHOWN(
      "Members see everything that was sent before they left while the history was shared; Dendrite"
          + " stops at their own join, at the room's creation or at a gap.",
      Set.of("messages", "messages_order", "sync_timeline_join"),
      HistoryRules::sharedHistory),
  OWN_INVITE_IS_NOT_HISTORY(
      "While only members see the history, Synapse does not show people the invite by which they came"
          + " in, Dendrite does.",
      Set.of("messages", "messages_order", "sync_timeline_join"),
      HistoryRules::ownInvite),
  FIRST_SYNC_IS_A_WINDOW(
      "The first sync shows the newest events only; which of several of one depth are the last to fit"
          + " is chance.",
      Set.of("sync_timeline_join"),
      HistoryRules::firstSyncWindow),
  FORKS_HAVE_NO_ORDER(
      "Events that do not follow from each other come in any order; Synapse's is right too.",
      Set.of("messages_order", "since_rooms", "sync_timeline_join"),
      HistoryRules::forks),
  HISTORY_NEEDS_ITS_SERVER(
      "Dendrite refuses a page at whose end there is a gap that another server would have to fill, while"
          + " that server cannot be reached; Synapse shows what it has.",
      Set.of("messages_order"),
      HistoryRules::refusedForGap),
  PAGES_OVERLAP(
      "Dendrite repeats the last event of a page on the next one, Synapse does not.",
      Set.of("messages_duplicated"),
      HistoryRules::pagesOverlap),
  CONTEXT_STATE_IS_WHOLE(
      "Dendrite cuts the state of /context to the limit for events; the state itself is compared as"
          + " state.",
      Set.of("context"),
      HistoryRules::contextState),
  CONTEXT_IS_FOR_MEMBERS(
      "Synapse shows former members the surroundings only of events at which they were in the room.",
      Set.of("context"),
      HistoryRules::contextOfFormerMembers),
  CONTEXT_FOLLOWS_THE_HISTORY(
      "The neighbours of an event are those of the history, which is compared: forks have no order, and"
          + " shared history goes on where Dendrite stops.",
      Set.of("context"),
      HistoryRules::contextNeighbours),
  EVENT_FOLLOWS_THE_HISTORY(
      "In rooms with restricted visibility Dendrite's /event contradicts its own /messages; Synapse's"
          + " agrees with it. At times Dendrite shows people what was sent after they left or were"
          + " banned, Synapse never.",
      Set.of("event"),
      HistoryRules::eventFollowsHistory),
  RELATIONS_IN_ANY_ORDER(
      "Dendrite gives relations in an order that changes from call to call.",
      Set.of("relations"),
      HistoryRules::relationsInAnyOrder),
  STATE_BEHIND_A_GAP(
      "Where the timeline of a first sync has a hole in it, Synapse gives the state from before or from"
          + " after the hole; the state itself is compared as state.",
      Set.of("sync_state_join"),
      SyncRules::stateBehindGap),
  STATE_OF_A_FORK(
      "Where branches set the same state, the timeline of /sync ends with one of them, not always the"
          + " one that won; the state itself is compared as state.",
      Set.of("sync_state_join"),
      SyncRules::stateOfFork),
  ROOMS_IN_ANY_ORDER("A list without order.", Set.of("joined_rooms"), AccountRules::joinedRooms),
  DEVICE_WAS_SEEN_AGAIN(
      "Devices come in any order, with the user's ID, and were seen again by asking; no name is null.",
      Set.of("devices"),
      AccountRules::devices),
  REMOTE_PROFILE_NEEDS_ITS_SERVER(
      "The profile of a remote user is asked from their server, and no other server is running.",
      Set.of("profile"),
      AccountRules::remoteProfile),
  EMPTY_PROFILE_IS_NOT_FOUND(
      "Synapse answers 404 for a profile without name and avatar.",
      Set.of("profile"),
      AccountRules::emptyProfile),
  KICKS_AND_KNOCKS_ARE_TOLD(
      "Synapse's first sync tells of rooms that one was removed from, and of knocks.",
      Set.of("sync_section"),
      SyncRules::kicksAndKnocks),
  USER_SIGNING_KEY_IS_PRIVATE(
      "Synapse shows the user-signing key to its owner only, as the specification has it.",
      Set.of("keys_query"),
      EncryptionRules::userSigningKeyIsPrivate),
  ONE_TIME_KEYS_ARE_COUNTED(
      "Dendrite's first sync counts no one-time keys, Synapse's counts those that there are; both"
          + " count them on upload.",
      Set.of("otk_counts", "sync_otk_counts"),
      EncryptionRules::countsOfOneTimeKeys),
  NO_FALLBACK_KEYS_IS_AN_EMPTY_LIST(
      "Where there are no fallback keys, Dendrite 0.13 says nothing, Synapse that the list is empty.",
      Set.of("sync_fallback_types"),
      EncryptionRules::noFallbackKeys),
  KEYS_ARE_ASKED_FOR_ONCE_MORE(
      "The numbers in an old token mean other things to Synapse: every client asks once more for the"
          + " keys of those it shares a room with.",
      Set.of("since_device_lists"),
      EncryptionRules::askedOnceAgain),
  ACCOUNT_DATA_IS_SENT_ONCE_MORE(
      "The numbers in an old token mean other things to Synapse: every client gets its account data"
          + " once more.",
      Set.of("since_account_data"),
      UserDataRules::sentOnceMore),
  NO_TAGS(
      "Where there are no tags, Dendrite says null, or tells that the last one is gone; Synapse says"
          + " that there are none.",
      Set.of("tags", "sync_room_account_data"),
      UserDataRules::noTags),
  PUSH_RULES_SAY_THE_SAME(
      "Synapse has default rules that Dendrite does not know, and writes the same in other words; what"
          + " the user made is compared as it is.",
      Set.of("pushrules", "sync_account_data"),
      UserDataRules::pushRules),
  PUSHERS_IN_ANY_ORDER(
      "A list without order, in which Dendrite tells when a pusher was made.",
      Set.of("pushers"),
      UserDataRules::pushers),
  FILTERS_WITHOUT_DEFAULTS(
      "Dendrite adds to a filter what it means anyway.", Set.of("filters"), UserDataRules::filters),
  PRESENCE_FOLLOWS_THE_PERSON(
      "Who asks is online; only the status message stays.",
      Set.of("presence"),
      UserDataRules::presence),
  READ_IS_READ(
      "Dendrite goes on to list as unread what it had not noted yet when the user's receipt came; to"
          + " Synapse everything before the receipt is read.",
      Set.of("notifications"),
      UserDataRules::readNotifications),
  NOTIFICATIONS_ONCE_PER_EVENT(
      "Dendrite lists the oldest first, an invite twice, and invites by other servers into rooms that it"
          + " is not in; Synapse lists events of a timeline, once each.",
      Set.of("notifications"),
      UserDataRules::notifications),
  ROOM_SUMMARIES_SAY_MORE(
      "Synapse tells the type and version of a room too, and which rooms let one in; children come in any"
          + " order.",
      Set.of("public_rooms", "hierarchy"),
      UserDataRules::roomSummaries),
  GUESTS_MAY_JOIN_WHERE_INVITED(
      "Synapse says that guests may join as soon as the room allows guests, Dendrite only if everybody may"
          + " join.",
      Set.of("hierarchy"),
      UserDataRules::guestAccess),
  UNTYPED_FILES_ARE_OCTETS(
      "Synapse says application/octet-stream where the uploader said nothing.",
      Set.of("media"),
      MediaRules::untyped),
  TEXT_HAS_A_CHARSET(
      "Synapse adds the charset UTF-8 where a text was uploaded without one.",
      Set.of("media"),
      MediaRules::charset),
  FILE_NAMES_IN_ANOTHER_NOTATION(
      "The same file name, quoted or encoded in another way. Dendrite has files without a name, and"
          + " those whose type has parameters, saved rather than shown.",
      Set.of("media"),
      MediaRules::disposition),
  THUMBNAILS_ARE_MADE_ANEW(
      "With dynamic_thumbnails Synapse makes its own, as PNG: of the same size, or of exactly the size"
          + " that was asked for where Dendrite does not enlarge a small picture.",
      Set.of("thumbnails"),
      MediaRules::madeAnew),
  STRIPPED_STATE_HAS_NO_IDS(
      "Synapse strips the invite event itself too, and so gives no event ID in invite_state.",
      Set.of("since_rooms", "sync_invite_state"),
      SyncRules::strippedInvite);

  private final String reason;
  private final Set<String> kinds;
  private final BiFunction<Item, Background, Item> operation;

  ToleratedDifference(
      String reason, Set<String> kinds, BiFunction<Item, Background, Item> operation) {
    this.reason = reason;
    this.kinds = kinds;
    this.operation = operation;
  }

  /** Why the difference is none. */
  String reason() {
    return reason;
  }

  /** The kinds of answers that it may touch. */
  Set<String> kinds() {
    return kinds;
  }

  /**
   * Applies the rules in order until the item is equal.
   *
   * @param used receives the rules that changed something
   * @return what is left of the item
   */
  public static Item explain(Item item, Background background, List<ToleratedDifference> used) {
    Item rest = item;
    for (ToleratedDifference rule : values()) {
      if (!rest.isEqual() && rule.kinds.contains(item.kind())) {
        Item next = rule.operation.apply(rest, background);
        if (!next.equals(rest)) {
          used.add(rule);
          rest = next;
        }
      }
    }
    return rest;
  }
}
