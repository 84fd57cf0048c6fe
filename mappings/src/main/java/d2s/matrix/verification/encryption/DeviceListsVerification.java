package d2s.matrix.verification.encryption;

import d2s.matrix.verification.TargetRules;
import java.util.List;

/**
 * The streams that make clients ask for keys again. Nobody knows what Dendrite had told whom, so
 * everyone with keys must have changed once, in every room that they are in.
 */
public final class DeviceListsVerification extends TargetRules {

  @Override
  public String name() {
    return "device lists";
  }

  @Override
  public String proves() {
    return "Every client asks once for the keys of all others.";
  }

  @Override
  public List<String> tables() {
    return List.of("device_lists_stream", "device_lists_changes_in_room");
  }

  @Override
  protected String counted() {
    return "select (select count(*) from device_lists_stream)"
        + " + (select count(*) from device_lists_changes_in_room)";
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "has keys, but no change of the device list says so",
            """
            select k.user_id
            from (select user_id from e2e_device_keys_json union select user_id from e2e_cross_signing_keys) k
            where not exists (select 1 from device_lists_stream s where s.user_id = k.user_id)
            """),
        new Rule(
            "is in a room that is not told of the change of the device list",
            """
            select m.state_key || ' in ' || m.room_id
            from current_state_events m
            where m.type = 'm.room.member' and m.membership = 'join'
              and exists (select 1 from device_lists_stream s where s.user_id = m.state_key)
              and not exists (select 1 from device_lists_changes_in_room c
                              where c.user_id = m.state_key and c.room_id = m.room_id)
            """),
        new Rule(
            "has a change of the device list that is in no stream",
            """
            select c.user_id || ' ' || c.room_id from device_lists_changes_in_room c
            where not exists (select 1 from device_lists_stream s
                              where s.user_id = c.user_id and s.stream_id >= c.stream_id)
            """));
  }
}
