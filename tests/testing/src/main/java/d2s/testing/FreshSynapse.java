package d2s.testing;

/** What Synapse writes into its database before its first start, beside the tables. */
public final class FreshSynapse {

  private FreshSynapse() {}

  /**
   * The statement that says which schema the tables have.
   *
   * @param schema its number
   */
  public static String version(String schema) {
    return "insert into schema_version (version, upgraded) values (" + schema + ", false)";
  }

  /**
   * The statements that write the other rows.
   *
   * @param compatibleWith the oldest schema version whose Synapse can still use the database
   */
  public static String[] rows(int compatibleWith) {
    return new String[] {
      "insert into schema_compat_version (compat_version) values (" + compatibleWith + ")",
      "insert into federation_stream_position (type, stream_id, instance_name)"
          + " values ('federation', -1, 'master'), ('events', -1, 'master')",
      "insert into appservice_stream_position (stream_ordering) values (0)",
      "insert into user_directory_stream_pos (stream_id) values (-1)",
      "insert into stats_incremental_position (stream_id) values (1)",
      "insert into event_push_summary_stream_ordering (stream_ordering) values (1)",
      "insert into event_push_summary_last_receipt_stream_id (stream_id) values (1)",
      "insert into device_lists_changes_converted_stream_position (stream_id, room_id)"
          + " values (1, '')",
      "insert into delayed_events_stream_pos (stream_id) values (1)",
      "insert into room_forgetter_stream_pos (stream_id) values (1)"
    };
  }
}
