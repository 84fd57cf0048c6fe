--- stream floor: a message waits where the first sync deletes it
-- @bob:d.test:31448 BOBDEV2: is in device_inbox where a client with an old token would not get it
update device_inbox set stream_id = 1 where stream_id = (select min(stream_id) from device_inbox);

--- stream floor: account data stands where no client looks
-- @alice:d.test:31448 org.judge.settings: is in account_data where a client with an old token would not get it
update account_data set stream_id = 1 where stream_id = (select min(stream_id) from account_data);

--- sequences: the sequence of the events is behind
-- events_stream_seq: is behind current_state_delta_stream.stream_id
-- events_stream_seq: is behind events.stream_ordering
select setval('events_stream_seq', 1);

--- sequences: the sequence of the state groups was forgotten
-- state_group_id_seq: is behind state_groups.id
select setval('state_group_id_seq', 1, false);

--- sequences: a stream is ahead of its sequence
-- events: is a stream ahead of its sequence: Synapse would not start
insert into stream_positions (stream_name, instance_name, stream_id) values ('events', 'master', 1000000000);

--- start-up: an event has no time of arrival
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has no received_ts: Synapse would not start
update events set received_ts = null where event_id = (select min(event_id) from events);

--- start-up: all events would be sent to other servers again
-- federation_stream_position: is not where the events end: Synapse would skip the next ones, or count old ones again
update federation_stream_position set stream_id = -1 where type = 'events';

--- start-up: all events would be sent to application services again
-- appservice_stream_position: is not where the events end: Synapse would skip the next ones, or count old ones again
update appservice_stream_position set stream_ordering = 0;

--- start-up: a position is missing
-- stats_incremental_position: is not where the events end: Synapse would skip the next ones, or count old ones again
-- stats_incremental_position: must have one row
delete from stats_incremental_position;

--- start-up: a background update is not known
-- fill_everything: is no background update that Synapse knows: it would block all others
insert into background_updates (update_name, progress_json) values ('fill_everything', '{}');

--- start-up: only a Synapse that is newer than the schema may use the database
-- 1084: is asked of a release of Synapse, and is newer than the schema itself: none would start
update schema_compat_version set compat_version = compat_version + 1000;

--- start-up: the user directory would stay empty
-- user_directory: is empty, and no background update fills it
delete from user_directory;

--- start-up: a user belongs to another server
-- @alice:example.org: is a user of another server: Synapse would not start
update users set name = '@alice:example.org' where name like '@alice:%';

--- start-up: the local part of an account holds a colon
-- @a:b:d.test:31448: is a user of another server: Synapse would not start
insert into users (name, creation_ts, approved) values ('@a:b:d.test:31448', 1, true);

--- start-up: Synapse takes a room for half joined
-- !0klQPKcbHL3kqR3L:d.test:31448: is a room that Synapse would take for half joined
insert into partial_state_rooms (room_id) select min(room_id) from rooms;

--- stream floor: Synapse would give out numbers that clients have seen
-- device_inbox_sequence: is below positions that Dendrite has given to clients
select setval('device_inbox_sequence', 1);

--- sequences: the events before the first are numbered again
-- events_backfill_stream_seq: is behind events.stream_ordering
select setval('events_backfill_stream_seq', 1);

--- sequences: account data would be numbered again
-- account_data_sequence: is behind account_data.stream_id
-- account_data_sequence: is behind room_account_data.stream_id
-- account_data_sequence: is behind room_tags_revisions.stream_id
select setval('account_data_sequence', 1);

--- sequences: receipts and status messages would be numbered again
-- presence_stream_sequence: is behind presence_stream.stream_id
-- receipts_sequence: is behind receipts_linearized.stream_id
select setval('receipts_sequence', 1);
select setval('presence_stream_sequence', 1);

--- sequences: messages to devices would be numbered again
-- device_inbox_sequence: is behind device_inbox.stream_id
select setval('device_inbox_sequence', 1);

--- sequences: changes of devices would be numbered again
-- device_lists_sequence: is behind device_lists_changes_converted_stream_position.stream_id
-- device_lists_sequence: is behind device_lists_changes_in_room.stream_id
-- device_lists_sequence: is behind device_lists_stream.stream_id
select setval('device_lists_sequence', 1);

--- sequences: cross-signing keys would be numbered again
-- e2e_cross_signing_keys_sequence: is behind e2e_cross_signing_keys.stream_id
select setval('e2e_cross_signing_keys_sequence', 1);

--- sequences: pushers and chains would be numbered again
-- event_auth_chain_id: is behind event_auth_chains.chain_id
-- pushers_sequence: is behind pushers.id
select setval('pushers_sequence', 1);
select setval('event_auth_chain_id', 1);

--- sequences: a sequence is one behind
-- device_inbox_sequence: is behind device_inbox.stream_id
select setval('device_inbox_sequence', (select max(stream_id) - 1 from device_inbox));

--- sequences: a sequence has not given its last number
-- pushers_sequence: is behind pushers.id
select setval('pushers_sequence', (select max(id) from pushers), false);

--- sequences: a guest would be a user
-- user_id_seq: would give a guest the name of a user
insert into users (name, creation_ts, approved) values ('@7:d.test:31448', 1, true);

--- sequences: the position of a stream is one ahead
-- receipts: is a stream ahead of its sequence: Synapse would not start
insert into stream_positions (stream_name, instance_name, stream_id)
select 'receipts', 'master', last_value + 1 from receipts_sequence;

insert into stream_positions (stream_name, instance_name, stream_id)
select 'account_data', 'master', last_value from account_data_sequence;

--- sequences: the position of older events is ahead
-- backfill: is a stream ahead of its sequence: Synapse would not start
insert into stream_positions (stream_name, instance_name, stream_id)
select 'backfill', 'master', -last_value - 1 from events_backfill_stream_seq;

--- stream floor: Synapse would give out numbers of events that clients have seen
-- events_stream_seq: is below positions that Dendrite has given to clients
select setval('events_stream_seq', 1170);

--- stream floor: a sequence is one below
-- presence_stream_sequence: is below positions that Dendrite has given to clients
select setval('presence_stream_sequence', 1521);

--- stream floor: settings, tags and status messages stand where no client looks
-- @alice:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.fully_read: is in room_account_data where a client with an old token would not get it
-- @bob:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: is in room_tags_revisions where a client with an old token would not get it
-- @bob:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448: is in room_tags_revisions where a client with an old token would not get it
-- 4 in all
update room_account_data set stream_id = 1522 where stream_id = (select min(stream_id) from room_account_data);
update room_tags_revisions set stream_id = 1522 where user_id like '@bob:%';
update presence_stream set stream_id = 1522 where user_id like '@bob:%';

--- stream floor: a receipt stands where no client looks
-- @pete:p.test:31548 !wwpGfEOwcqjuOUos:d.test:31448: is in receipts_linearized where a client with an old token would not get it
update receipts_linearized set stream_id = 1522 where user_id like '@pete:%';

--- stream floor: changes of devices stand where no client looks
-- @alice:d.test:31448 ALICEDEV1: is in device_lists_stream where a client with an old token would not get it
-- @pia:p.test:31548 !AEps0gTxVSdRQkmI:d.test:31448: is in device_lists_changes_in_room where a client with an old token would not get it
update device_lists_stream set stream_id = 1522 where device_id = 'ALICEDEV1';
update device_lists_changes_in_room set stream_id = 1522 where user_id like '@pia:%' and room_id like '!AEps%';

--- stream floor: what waits for another server stands where it is not sent
-- p.test:31548 @bob:d.test:31448: is in device_lists_outbound_pokes where a client with an old token would not get it
-- p.test:31548: is in device_federation_outbox where a client with an old token would not get it
insert into device_federation_outbox (destination, stream_id, queued_ts, messages_json) values ('p.test:31548', 1, 1, '{}');
insert into device_lists_outbound_pokes (destination, stream_id, user_id, device_id, sent, ts)
values ('p.test:31548', 1, '@bob:d.test:31448', 'BOBDEV1', false, 1);

--- start-up: no release of Synapse is named that may use the database
-- schema_compat_version: must have one row
delete from schema_compat_version;

--- start-up: a background update waits for one that is not queued
-- chain_cover: waits for a background update that is not queued
insert into background_updates (update_name, progress_json, depends_on) values ('chain_cover', '{}', 'gone');

--- start-up: the statistics would stay empty
-- room_stats_current: is empty, and no background update fills it
-- user_stats_current: is empty, and no background update fills it
delete from room_stats_current;
delete from user_stats_current;

--- start-up: nobody knows what other servers have got
-- federation: is a position that is missing: events would be sent to other servers again
delete from federation_stream_position where type = 'federation';

--- start-up: changes of devices would be sent to other servers again
-- @pia:p.test:31548: is a change of devices that would be sent to other servers again
update device_lists_changes_in_room set converted_to_destinations = false, stream_id = 1000000 where user_id like '@pia:%';

--- start-up: no change of devices would be sent to other servers
-- 1000000: is above every change of devices: Synapse could not tell other servers of any
update device_lists_changes_converted_stream_position set stream_id = 1000000;

--- start-up: half of the rooms are in sliding sync
-- !0klQPKcbHL3kqR3L:d.test:31448: is a room in sliding sync, where half of the rooms is worse than none
-- !1jKs1iLjtPcJMeYj:d.test:31448: is a room in sliding sync, where half of the rooms is worse than none
-- !3TBIJmv5z91waDlr:d.test:31448: is a room in sliding sync, where half of the rooms is worse than none
-- 48 in all
insert into sliding_sync_membership_snapshots (room_id, user_id, sender, membership_event_id, membership, event_stream_ordering, event_instance_name)
select room_id, user_id, user_id, event_id, membership, 1, 'master' from local_current_membership order by room_id, user_id limit 1;

--- start-up: the next events would not be sent to other servers
-- federation_stream_position: is not where the events end: Synapse would skip the next ones, or count old ones again
update federation_stream_position set stream_id = 1000000 where type = 'events';

--- start-up: members would be counted again
-- stats_incremental_position: is not where the events end: Synapse would skip the next ones, or count old ones again
update stats_incremental_position set stream_id = 1;

--- start-up: the next events would not be in the directory
-- user_directory_stream_pos: is not where the events end: Synapse would skip the next ones, or count old ones again
update user_directory_stream_pos set stream_id = 1000000;

--- start-up: rooms that are left would not be forgotten
-- room_forgetter_stream_pos: is not where the events end: Synapse would skip the next ones, or count old ones again
delete from room_forgetter_stream_pos;

--- start-up: no notification would be counted
-- event_push_summary_stream_ordering: is above every event: Synapse would count no notification
update event_push_summary_stream_ordering set stream_ordering = 1000000;

--- start-up: old receipts would be counted again
-- event_push_summary_last_receipt_stream_id: is not at the newest receipt: rooms would become read or unread by themselves
update event_push_summary_last_receipt_stream_id set stream_id = 1;
