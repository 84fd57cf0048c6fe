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
-- events: is a position that would send events to other servers again, or is missing
update federation_stream_position set stream_id = -1 where type = 'events';

--- start-up: all events would be sent to application services again
-- 0: is a position that would send events to application services again
update appservice_stream_position set stream_ordering = 0;

--- start-up: a position is missing
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
