package d2s.matrix.encryption;

import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;

/** The row {@code signature}: one signature in Synapse's table of signatures. */
final class WrittenSignature {

  static final RowShape SIGNATURE = RowShape.of("signature");
  static final TextColumn SIGNER = SIGNATURE.text("user_id");
  static final TextColumn KEY_ID = SIGNATURE.text("key_id");
  static final TextColumn TARGET_USER = SIGNATURE.text("target_user_id");

  /** The device ID, or the public part of the cross-signing key, that is signed. */
  static final TextColumn TARGET = SIGNATURE.text("target");

  static final TextColumn VALUE = SIGNATURE.text("signature");

  private WrittenSignature() {}
}
