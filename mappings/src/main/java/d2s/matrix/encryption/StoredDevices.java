package d2s.matrix.encryption;

import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;

/** The relation {@code devices}: the keys of one user's devices as Dendrite stores them. */
final class StoredDevices {

  static final RowShape DEVICES = RowShape.of("devices");
  static final TextColumn DEVICE_ID = DEVICES.text("device_id");
  static final TextColumn KEY_JSON = DEVICES.text("key_json");
  static final IntegerColumn ADDED_SECONDS = DEVICES.integer("ts_added_secs");
  static final IntegerColumn STREAM_ID = DEVICES.integer("stream_id");
  static final TextColumn DISPLAY_NAME = DEVICES.text("display_name");

  private StoredDevices() {}
}
