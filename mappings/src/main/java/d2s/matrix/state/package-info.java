/**
 * The state of rooms: from Dendrite's snapshots and blocks to Synapse's state groups, current state
 * and delta stream. {@link d2s.matrix.state.RoomState} is the hook.
 *
 * <h2>How an event is placed</h2>
 *
 * An event is an <em>outlier</em> if Dendrite never knew the state at it:
 *
 * <pre>{@code
 * e.state_snapshot_nid = 0
 *   and (e.is_rejected
 *        or not (e.sent_to_output
 *                or exists (select from syncapi_output_room_events o
 *                           where o.event_id = e.event_id)))
 * }</pre>
 *
 * The mapping that fills {@code events.outlier} must use the same expression: every event that is
 * no outlier gets a state group here, every outlier none. A create event and, on servers that were
 * upgraded from before 0.4, some other accepted events stand in the timeline although their
 * snapshot NID is 0; {@code sent_to_output} tells them from outliers.
 *
 * <h2>Relations</h2>
 *
 * All are grouped by the room ID and ordered by it under the collation {@code "C"}, since source
 * and target may sort differently. {@code state} is read from the target, after the events are
 * loaded; all others from the source.
 *
 * <p>{@code room}: one row.
 *
 * <pre>{@code
 * select r.room_id, r.state_snapshot_nid,
 *        (select e.state_snapshot_nid from roomserver_events e
 *         where e.event_nid = any (r.latest_event_nids)
 *         order by e.depth desc, e.event_nid desc limit 1) as extremity_snapshot_nid
 * from roomserver_rooms r
 * order by r.room_id collate "C"
 * }</pre>
 *
 * <p>{@code state}: every state event of the target. Types and state keys come from the JSON of the
 * events; Dendrite's own numbers for them can be wrong (dendrite.md 2.3).
 *
 * <pre>{@code
 * select s.room_id, s.event_id, s.type, s.state_key, m.membership, e.stream_ordering, e.sender
 * from state_events s
 * join events e on e.event_id = s.event_id
 * left join room_memberships m on m.event_id = s.event_id
 * order by s.room_id collate "C", e.stream_ordering
 * }</pre>
 *
 * <p>{@code state_events}: the source's side of them, in the order of the NIDs. May hold events
 * that are not state events; they are passed over. An auth event that was fetched over federation
 * can wrongly have state key NID 0, as if it were a message; it is an outlier of one of the types 1
 * to 5, or became part of the timeline later.
 *
 * <pre>{@code
 * select r.room_id, e.event_nid, e.event_id, e.state_snapshot_nid,
 *        e.is_rejected as rejected, (OUTLIER) as outlier
 * from roomserver_events e
 * join roomserver_rooms r on r.room_nid = e.room_nid
 * where e.event_state_key_nid <> 0 or e.event_type_nid between 1 and 5 or not e.sent_to_output
 * order by r.room_id collate "C", e.event_nid
 * }</pre>
 *
 * <p>{@code blocks}: a block belongs to the room of its events; it has no column for it. A block
 * that names unknown events only is missing for every room.
 *
 * <pre>{@code
 * select r.room_id, b.state_block_nid, b.event_nids
 * from roomserver_state_block b
 * left join roomserver_events e on e.event_nid = b.event_nids[1]
 * join roomserver_rooms r on r.room_nid = coalesce(e.room_nid,
 *   (select k.room_nid from roomserver_events k where k.event_nid = any (b.event_nids) limit 1))
 * order by r.room_id collate "C", b.state_block_nid
 * }</pre>
 *
 * <p>{@code snapshots}: those that events of the room or the room itself refer to, oldest first.
 * The room of a snapshot is never taken from its own column, which is wrong for the empty snapshot
 * (dendrite.md 2.4). {@code state_block_nids} is null where the row is missing.
 *
 * <pre>{@code
 * select r.room_id, u.state_snapshot_nid, s.state_block_nids
 * from (select room_nid, state_snapshot_nid from roomserver_events where state_snapshot_nid <> 0
 *       union
 *       select room_nid, state_snapshot_nid from roomserver_rooms where state_snapshot_nid <> 0) u
 * join roomserver_rooms r on r.room_nid = u.room_nid
 * left join roomserver_state_snapshots s on s.state_snapshot_nid = u.state_snapshot_nid
 * order by r.room_id collate "C", u.state_snapshot_nid
 * }</pre>
 *
 * <p>{@code events}: every event that is no outlier.
 *
 * <pre>{@code
 * select r.room_id, e.event_nid, e.event_id, e.state_snapshot_nid
 * from roomserver_events e
 * join roomserver_rooms r on r.room_nid = e.room_nid
 * where not (OUTLIER)
 * order by r.room_id collate "C", e.event_nid
 * }</pre>
 *
 * <p>{@code changes}: the changes of the current state that clients were told, in stream order.
 *
 * <pre>{@code
 * select o.room_id, o.id as stream_id, o.add_state_ids, o.remove_state_ids
 * from syncapi_output_room_events o
 * where o.exclude_from_sync is not true
 *   and (cardinality(o.add_state_ids) > 0 or cardinality(o.remove_state_ids) > 0)
 * order by o.room_id collate "C", o.id
 * }</pre>
 *
 * <h2>What is emitted</h2>
 *
 * <ul>
 *   <li>{@code state_group}, {@code edge}, {@code entry}: the groups of the room, numbered from 1
 *       up across the rooms of a run, each predecessor before its successors.
 *   <li>{@code event_group}: one row for every row of {@code events}: the state after an accepted
 *       state event, else the state before the event (synapse.md 2.3).
 *   <li>{@code current}: the current state, only while a local user is joined.
 *   <li>{@code delta}: how it came about, at the stream positions of {@code changes}; the rows of a
 *       room lead to exactly its {@code current} rows.
 *   <li>{@code local_membership}: the last membership of each local user that the state knows, also
 *       in rooms that all local users left. Invites to rooms that this server never joined are not
 *       among them: they have no state.
 * </ul>
 *
 * A room without state events in the target, such as one of an unsupported version, yields nothing.
 */
package d2s.matrix.state;
