package d2s.matrix.server;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;

/** The row {@code room} that {@link RoomStatistics} emits. */
final class RoomRow {

  static final RowShape ROOM = RowShape.of("room");
  static final TextColumn ID = ROOM.text("room_id");
  static final IntegerColumn STATE_EVENTS = ROOM.integer("state_events");
  static final IntegerColumn JOINED = ROOM.integer("joined");
  static final IntegerColumn INVITED = ROOM.integer("invited");
  static final IntegerColumn LEFT = ROOM.integer("left_room");
  static final IntegerColumn BANNED = ROOM.integer("banned");
  static final IntegerColumn KNOCKED = ROOM.integer("knocked");
  static final IntegerColumn LOCAL = ROOM.integer("local");
  static final IntegerColumn NEWEST = ROOM.integer("newest");
  static final TextColumn NAME = ROOM.text("name");
  static final TextColumn ALIAS = ROOM.text("canonical_alias");
  static final TextColumn JOIN_RULES = ROOM.text("join_rules");
  static final TextColumn HISTORY_VISIBILITY = ROOM.text("history_visibility");
  static final TextColumn ENCRYPTION = ROOM.text("encryption");
  static final TextColumn AVATAR = ROOM.text("avatar");
  static final TextColumn GUEST_ACCESS = ROOM.text("guest_access");
  static final FlagColumn FEDERATABLE = ROOM.flag("is_federatable");
  static final TextColumn TOPIC = ROOM.text("topic");
  static final TextColumn TYPE = ROOM.text("room_type");

  private RoomRow() {}
}
