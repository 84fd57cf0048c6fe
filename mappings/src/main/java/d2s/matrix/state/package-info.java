/**
 * The state of rooms: from Dendrite's snapshots and blocks to Synapse's state groups, current state
 * and delta stream. {@link d2s.matrix.state.RoomState} is the hook; the mapping {@code room_state}
 * holds the queries that feed it.
 *
 * <h2>What the relations must hold</h2>
 *
 * All are grouped by the room ID and ordered by it under the collation {@code "C"}, since source
 * and target may sort differently. {@code state} and {@code extremities} are read from the target,
 * after the events are loaded; all others from the source.
 *
 * <ul>
 *   <li>{@code room}: one row. {@code extremity_snapshot_nid} is the snapshot of the newest forward
 *       extremity, or null.
 *   <li>{@code state}: every state event that the target has, with its {@code membership} if it is
 *       a member event, else null. Types and state keys come from the JSON of the events;
 *       Dendrite's own numbers for them can be wrong.
 *   <li>{@code state_events}: the source's side of them, in ascending order of {@code event_nid}.
 *       It may hold events that are not state events; they are passed over. An auth event that was
 *       fetched over federation can wrongly have the state key NID 0, as if it were a message: it
 *       is an outlier of one of the types 1 to 5, or became part of the timeline later.
 *   <li>{@code blocks}: a block has no room of its own; it belongs to that of its events. One that
 *       names unknown events only is missing for every room.
 *   <li>{@code snapshots}: those that events of the room or the room itself refer to, oldest first;
 *       {@code state_block_nids} is null where the row is missing. The room of a snapshot must not
 *       be taken from its own column, which is wrong for the empty snapshot.
 *   <li>{@code last_known}: the current state that clients were shown, in any order.
 *   <li>{@code members}: the events of the last memberships that the room server has of local users
 *       beside the state, in any order.
 *   <li>{@code extremities}: from the target, the events that the room goes on from.
 *   <li>{@code events}: every event that is no outlier, in any order.
 *   <li>{@code changes}: the changes of the current state that clients were told, in stream order.
 * </ul>
 *
 * <p>An event is an outlier if Dendrite never knew the state at it. The mapping that fills {@code
 * events.outlier} must mean the same by it, for every event that is no outlier gets a state group
 * here, and no outlier gets one. A snapshot NID of 0 alone does not make an outlier: on servers
 * that were upgraded from before 0.4, create events and some others stand in the timeline without
 * one. They were sent to clients, which outliers never are.
 *
 * <h2>What is emitted</h2>
 *
 * <ul>
 *   <li>{@code state_group}, {@code edge}, {@code entry}: the groups of the room, numbered from 1
 *       up across the rooms of a run, each predecessor before its successors.
 *   <li>{@code event_group}: one row for every row of {@code events}: the state after an accepted
 *       state event, else the state before the event. If the current state was repaired, it is also
 *       the state after each of the {@code extremities}.
 *   <li>{@code current}: the current state, only while a local user is joined.
 *   <li>{@code delta}: how it came about, at the stream positions of {@code changes}; the rows of a
 *       room lead to exactly its {@code current} rows.
 *   <li>{@code local_membership}: the last membership of each local user that the state knows, also
 *       in rooms that all local users left. Invites to rooms that this server never joined are not
 *       among them: they have no state.
 * </ul>
 *
 * <p>A room without state events in the target, such as one of an unsupported version, yields
 * nothing.
 */
package d2s.matrix.state;
