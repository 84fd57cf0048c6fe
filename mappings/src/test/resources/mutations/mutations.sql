-- Faults that a load could make. Each is made in a migrated database and taken back afterwards, without triggers and
-- foreign keys; the verification that stands before the colon must find it. The second half is what only some
-- databases bring about: things that are lost as a whole, are no JSON, or belong to what is not there.
-- Every statement must change a row.

--- events: an event is gone
delete from event_json where event_id = (select min(event_id) from events where type = 'm.room.message');
delete from events where event_id = (select min(event_id) from events where type = 'm.room.message');

--- events: a message has other words
update event_json set json = replace(json, '"msgtype":"m.text"', '"msgtype":"m.note"')
where event_id = (select min(event_id) from event_json where json like '%"msgtype":"m.text"%');

--- events: a member that nobody knows was dropped from the JSON
update event_json set json = regexp_replace(json, '"origin":"[^"]*",', '')
where event_id = (select min(j.event_id) from event_json j join rooms r using (room_id)
                  where r.room_version = '11' and j.json like '%"origin":"%');

--- events: redacted content is readable again
update event_json set json = replace(json, '"content":{}', '"content":{"body":"back"}')
where event_id = (select min(redacts) from redactions join event_json j on j.event_id = redacts
                  where j.json like '%"content":{}%');

--- events: a message was redacted that nobody redacted
update event_json set json = regexp_replace(json, '"content":\{[^{}]*\}', '"content":{}')
where event_id = (select min(event_id) from event_json
                  where json ~ '"content":\{"body":"[^{}]*"\},"depth"'
                    and event_id not in (select redacts from redactions));

--- events: an event is in another room
update events set room_id = (select max(room_id) from rooms)
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set room_id = (select max(room_id) from rooms)
where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: the JSON of an event is gone
delete from event_json where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: what is hashed has changed
update event_json set json = regexp_replace(json, '"depth":(\d+)', '"depth":\10')
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: an event is stored in the format of another room version
update event_json set format_version = 1
where event_id = (select min(event_id) from event_json where format_version = 3);

--- event ids: an event says its own id where it must not
update event_json set json = '{"event_id":"' || event_id || '",' || substr(json, 2)
where event_id = (select min(event_id) from event_json where format_version = 3);

--- event ids: a depth is not that of the event
update events set depth = depth + 1, topological_ordering = topological_ordering + 1
where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: what Synapse keeps beside an event is not an object
update event_json set internal_metadata = '[]' where event_id = (select min(event_id) from events);

--- event edges: an event has lost a predecessor
delete from event_edges where event_id = (select min(event_id) from event_edges);

--- event edges: a missing predecessor is not known
delete from event_backward_extremities where event_id = (select min(event_id) from event_backward_extremities);

--- event edges: a hole in the history is not known
delete from timeline_gaps;

--- auth events: an event has lost an auth event
delete from event_auth where (event_id, auth_id) = (select event_id, auth_id from event_auth order by 1, 2 limit 1);

--- state events: a state event is not known as one
delete from state_events where event_id = (select min(event_id) from state_events where type = 'm.room.topic');

--- state events: a state event has another key
update state_events set state_key = 'other'
where event_id = (select min(event_id) from state_events where type = 'm.room.name');

--- relations: a reaction hangs nowhere
delete from event_relations where event_id = (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: an edit hangs on another event
update event_relations set relates_to_id = (select max(event_id) from events)
where event_id = (select min(event_id) from event_relations where relation_type = 'm.replace');

--- relations: the newest event of a thread is another one
update threads t set latest_event_id = e.event_id, stream_ordering = e.stream_ordering,
       topological_ordering = e.topological_ordering
from event_relations r join events e using (event_id)
where r.relates_to_id = t.thread_id and e.stream_ordering < t.stream_ordering;

--- memberships: nobody has forgotten a room
update room_memberships set forgotten = 0 where forgotten = 1;

--- memberships: somebody had another name
update room_memberships set display_name = 'somebody else'
where event_id = (select min(event_id) from room_memberships where display_name is not null);

--- memberships: a membership does not count
delete from room_memberships where event_id = (select max(event_id) from room_memberships where membership = 'leave');

--- redactions: a redaction is lost
delete from redactions where event_id = (select min(event_id) from redactions where have_censored);

--- redactions: a redaction would be doubted
update redactions set recheck = true where event_id = (select min(event_id) from redactions where not recheck);

--- redactions: an event is redacted by somebody who may not
update events set sender = '@nobody:example.org'
where event_id = (select min(event_id) from redactions where have_censored);

--- stream order: an event has another place than the clients know
update events set stream_ordering = stream_ordering + 1000000
where event_id = (select event_id from events where stream_ordering > 0 order by stream_ordering desc limit 1);

--- stream order: history comes to clients as new
update events set stream_ordering = 1000000 - stream_ordering where stream_ordering = (select max(stream_ordering) from events where stream_ordering < 0);

--- state at events: two events have each other's state
update event_to_state_groups g set state_group = o.state_group
from (select a.event_id, b.state_group
      from (select event_id, state_group, row_number() over (order by state_group) as n
            from event_to_state_groups join events using (event_id)
            where room_id = (select room_id from events group by room_id order by count(*) desc limit 1)) a
      join (select state_group, row_number() over (order by state_group desc) as n
            from event_to_state_groups join events using (event_id)
            where room_id = (select room_id from events group by room_id order by count(*) desc limit 1)) b
        on b.n = a.n and b.state_group <> a.state_group
      limit 1) o
where o.event_id = g.event_id;

--- state at events: an event has no state
delete from event_to_state_groups where event_id = (select min(event_id) from event_to_state_groups);

--- state at events: an entry of a state is lost
delete from state_groups_state where ctid = (
  select s.ctid from state_groups_state s join event_to_state_groups using (state_group)
  where s.type = 'm.room.member' order by s.state_group desc limit 1);

--- state at events: somebody else's membership is in a state
update state_groups_state s set event_id = o.event_id
from state_groups_state o
where s.type = 'm.room.member' and o.type = 'm.room.member' and o.room_id = s.room_id and o.state_key = s.state_key
  and o.event_id < s.event_id;

--- state groups: a state group has a later predecessor
update state_group_edges x set prev_state_group = g.id
from state_groups p join state_groups g on g.room_id = p.room_id
where x.state_group = (select min(state_group) from state_group_edges) and p.id = x.state_group and g.id > p.id;

--- state groups: a state group has two predecessors
insert into state_group_edges (state_group, prev_state_group)
select x.state_group, p.id from state_group_edges x join state_groups g on g.id = x.state_group
join state_groups p on p.room_id = g.room_id and p.id < x.prev_state_group
order by 1, 2 limit 1;

--- state groups: an event has the state of another room
update event_to_state_groups set state_group = (select max(id) from state_groups)
where event_id = (select event_id from event_to_state_groups order by state_group limit 1);

--- state groups: an entry stands twice in a state
insert into state_groups_state select * from state_groups_state order by state_group limit 1;

--- current state: two events are current for one key
drop index current_state_events_room_id_type_state_key_key;
insert into current_state_events (event_id, room_id, type, state_key, membership, event_stream_ordering)
select e.event_id, e.room_id, e.type, e.state_key, c.membership, e.stream_ordering
from current_state_events c join events e on e.room_id = c.room_id and e.type = c.type and e.state_key = c.state_key
where e.event_id <> c.event_id and c.type = 'm.room.topic' limit 1;

--- current state: an older event is current
update current_state_events c set event_id = o.event_id, event_stream_ordering = o.stream_ordering
from events o
where c.event_id = (select c.event_id from current_state_events c
                    join events e on e.room_id = c.room_id and e.type = c.type and e.state_key = c.state_key
                    where e.event_id <> c.event_id and c.type = 'm.room.topic' limit 1)
  and o.event_id = (select e.event_id from events e where e.room_id = c.room_id and e.type = c.type
                    and e.state_key = c.state_key and e.event_id <> c.event_id limit 1);

--- current state: a member has no membership
update current_state_events set membership = null
where event_id = (select min(event_id) from current_state_events where type = 'm.room.member');

--- current state: a room that everybody left has a state
insert into current_state_events (event_id, room_id, type, state_key, event_stream_ordering)
select e.event_id, e.room_id, e.type, e.state_key, e.stream_ordering
from events e
where e.type = 'm.room.create' and not exists (select 1 from current_state_events c where c.room_id = e.room_id)
limit 1;

--- local memberships: a user is no longer in a room
delete from local_current_membership where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'join' order by 1, 2 limit 1);

--- local memberships: a pending invite is lost
delete from local_current_membership where event_id = (
  select min(event_id) from event_json where internal_metadata like '%out_of_band_membership%');

--- local memberships: a user is in a room again
update local_current_membership set membership = 'join'
where (room_id, user_id) = (select room_id, user_id from local_current_membership where membership = 'leave' limit 1);

--- state changes: a change of the state is lost
delete from current_state_delta_stream where ctid = (
  select ctid from current_state_delta_stream where event_id is not null order by stream_id desc limit 1);

--- state changes: a room has lost all its changes
delete from current_state_delta_stream where room_id = (
  select min(room_id) from current_state_delta_stream where event_id is not null);

--- forward extremities: a room has no end to go on from
delete from event_forward_extremities where room_id = (
  select min(room_id) from local_current_membership where membership = 'join');

--- forward extremities: a room goes on from a refused event
update event_forward_extremities f set event_id = j.event_id from event_json j
where j.room_id = f.room_id and j.internal_metadata like '%"soft_failed":true%';

--- chain cover: a link is missing
delete from event_auth_chain_links where ctid = (select ctid from event_auth_chain_links order by origin_chain_id, origin_sequence_number limit 1);

--- chain cover: a link leads too far
update event_auth_chain_links l set target_sequence_number = m.n
from (select chain_id, max(sequence_number) as n from event_auth_chains group by 1) m
where m.chain_id = l.target_chain_id and m.n > l.target_sequence_number;

--- chain cover: a chain has a hole
update event_auth_chains set sequence_number = sequence_number + 1
where event_id = (select event_id from event_auth_chains order by sequence_number desc limit 1);

--- chain cover: a state event has no place
delete from event_auth_chains where event_id = (select event_id from event_auth_chains order by sequence_number desc limit 1);

--- chain cover: a room is not marked as covered
update rooms set has_auth_chain_index = false where room_id = (select min(room_id) from rooms);

--- rooms: a room has another version
update rooms set room_version = '10' where room_id = (select min(room_id) from rooms where room_version = '11');

--- rooms: a room is not in the directory any more
update rooms set is_public = false where room_id = (select min(room_id) from rooms where is_public);

--- aliases: an alias has no server
delete from room_alias_servers where room_alias = (select min(room_alias) from room_aliases);

--- aliases: an alias leads to another room
update room_aliases set room_id = (select max(room_id) from rooms)
where room_alias = (select min(room_alias) from room_aliases);

--- users: a time of creation is in milliseconds
update users set creation_ts = creation_ts * 1000 where name = (select min(name) from users);

--- users: a user has the password of another one
update users set password_hash = (select max(password_hash) from users)
where name = (select name from users where password_hash is not null order by password_hash limit 1);

--- users: a deactivated user could log in
update users set deactivated = 0 where deactivated = 1;

--- users: a profile has another name
update profiles set displayname = 'somebody else' where user_id = 'alice';

--- devices: an access token is that of another user
update access_tokens set user_id = (select max(user_id) from access_tokens)
where id = (select id from access_tokens order by user_id limit 1);

--- devices: a device is lost
delete from devices where (user_id, device_id) = (select user_id, device_id from devices where not hidden order by 1, 2 limit 1);

--- account data: an account data is lost
delete from account_data where stream_id = (select min(stream_id) from account_data);

--- account data: a setting has changed
update room_account_data set content = '{}' where stream_id = (select min(stream_id) from room_account_data);

--- account data: a tag is lost
delete from room_tags where tag = 'm.favourite';

--- account data: somebody is no longer ignored
delete from ignored_users where ignored_user_id = (select min(ignored_user_id) from ignored_users);

--- push rules: a push rule is lost
delete from push_rules where id = (select min(id) from push_rules where priority_class > 0);

--- push rules: two push rules have changed places
update push_rules set priority = -priority where priority_class = 5;

--- push rules: a push rule is on again
update push_rules_enable set enabled = 1 where rule_id = 'global/override/.m.rule.suppress_notices' and enabled = 0;

--- pushers: a pusher begins from the beginning
update pushers set last_stream_ordering = 0 where id = (select min(id) from pushers);

--- one-time keys: a one-time key is lost
delete from e2e_one_time_keys_json where ctid = (select min(ctid) from e2e_one_time_keys_json);

--- one-time keys: a key that somebody has claimed is there again
insert into e2e_one_time_keys_json (user_id, device_id, algorithm, key_id, ts_added_ms, key_json)
select user_id, device_id, algorithm, 'CLAIMED', ts_added_ms, key_json from e2e_one_time_keys_json limit 1;

--- key backups: a key in a backup is that of another session
update e2e_room_keys set session_data = (select max(session_data) from e2e_room_keys)
where ctid = (select ctid from e2e_room_keys order by session_data limit 1);

--- key backups: the backup is another version
update e2e_room_keys_versions set version = version + 100 where user_id like '@alice:%';

--- waiting messages: a message for a device is lost
delete from device_inbox where stream_id = (select max(stream_id) from device_inbox);

--- waiting messages: two messages for a device are in the wrong order
update device_inbox m set message_json = o.message_json
from device_inbox o
where m.device_id = 'BOBDEV2' and o.device_id = 'BOBDEV2'
  and m.stream_id = (select min(stream_id) from device_inbox where device_id = 'BOBDEV2')
  and o.stream_id = (select max(stream_id) from device_inbox where device_id = 'BOBDEV2');

--- device lists: a room is not told of new keys
delete from device_lists_changes_in_room where ctid = (select min(ctid) from device_lists_changes_in_room);

--- device keys: a device has the keys of another one
update e2e_device_keys_json set key_json = (select key_json from e2e_device_keys_json where device_id = 'BOBDEV1')
where device_id = 'ALICEDEV1';

--- signatures: a signature of a device is broken
update e2e_cross_signing_signatures set signature = translate(signature, 'ABCDEFGHIJ', 'BCDEFGHIJA')
where target_device_id = 'ALICEDEV1';

--- signatures: nobody vouches for another user any more
delete from e2e_cross_signing_signatures where user_id <> target_user_id;

--- signatures: the keys of another server are without the one that signed them
delete from e2e_cross_signing_keys where user_id = (
  select user_id from device_lists_remote_cache where content like '%"signatures"%' order by user_id limit 1)
  and keytype = 'self_signing';

--- signatures: the signature in a key is gone to the table
insert into e2e_cross_signing_signatures (user_id, key_id, target_user_id, target_device_id, signature)
select k.user_id, s.key, k.user_id, split_part(n.key, ':', 2), s.value #>> '{}'
from e2e_cross_signing_keys k,
     json_each(k.keydata::json -> 'signatures' -> k.user_id) s, json_each(k.keydata::json -> 'keys') n
where k.keytype = 'self_signing' and k.user_id like '@alice:%';
update e2e_cross_signing_keys set keydata = (keydata::jsonb - 'signatures')::text
where keytype = 'self_signing' and user_id like '@alice:%';

--- signatures: a cross-signing key is lost
delete from e2e_cross_signing_keys where keytype = 'user_signing' and user_id like '@bob:%';

--- signatures: the name of a cross-signing key is not reserved
delete from devices where hidden and user_id like '@carol:%' and display_name = 'master signing key';

--- stream floor: a message waits where the first sync deletes it
update device_inbox set stream_id = 1 where stream_id = (select min(stream_id) from device_inbox);

--- stream floor: account data stands where no client looks
update account_data set stream_id = 1 where stream_id = (select min(stream_id) from account_data);

--- sequences: the sequence of the events is behind
select setval('events_stream_seq', 1);

--- sequences: the sequence of the state groups was forgotten
select setval('state_group_id_seq', 1, false);

--- sequences: a stream is ahead of its sequence
insert into stream_positions (stream_name, instance_name, stream_id) values ('events', 'master', 1000000000);

--- start-up: an event has no time of arrival
update events set received_ts = null where event_id = (select min(event_id) from events);

--- start-up: all events would be sent to other servers again
update federation_stream_position set stream_id = -1 where type = 'events';

--- start-up: all events would be sent to application services again
update appservice_stream_position set stream_ordering = 0;

--- start-up: a position is missing
delete from stats_incremental_position;

--- start-up: a background update is not known
insert into background_updates (update_name, progress_json) values ('fill_everything', '{}');

--- start-up: only a Synapse that is newer than the schema may use the database
update schema_compat_version set compat_version = compat_version + 1000;

--- start-up: the user directory would stay empty
delete from user_directory;

--- start-up: a user belongs to another server
update users set name = '@alice:example.org' where name like '@alice:%';

--- references: a membership refers to an event that is not there
update room_memberships set event_stream_ordering = 123456789
where event_id = (select min(event_id) from room_memberships);

--- counts: half of the users are missing
delete from users where name > '@f';

--- expectations: an access token belongs to nobody
update access_tokens set user_id = '@nobody:' || split_part(user_id, ':', 2)
where id = (select min(id) from access_tokens);

--- filters: a filter has another number
update user_filters set filter_id = filter_id + 100
where ctid = (select ctid from user_filters order by full_user_id, filter_id limit 1);

--- receipts: somebody has read less far
update receipts_linearized r set event_id = e.event_id, event_stream_ordering = e.stream_ordering
from events e
where r.stream_id = (select min(stream_id) from receipts_linearized) and e.room_id = r.room_id
  and e.stream_ordering = (select min(stream_ordering) from events o where o.room_id = r.room_id);

--- receipts: a receipt is lost
delete from receipts_linearized where stream_id = (select max(stream_id) from receipts_linearized);

--- unread counts: a room is read
delete from event_push_summary where ctid = (select min(ctid) from event_push_summary where notif_count > 0);

--- statistics: a room has too many members
update room_stats_current set joined_members = joined_members + 1
where room_id = (select min(room_id) from room_stats_current);

--- statistics: a user cannot be found
delete from user_directory_search where user_id like '@alice:%';

--- federation: a server would get nothing that it has missed
update destinations set last_successful_stream_ordering = null;

--- server keys: a key of another server is lost
delete from server_signature_keys where server_name = (select min(server_name) from server_signature_keys);

--- small tables: a report is lost
delete from event_reports where id = (select min(id) from event_reports);

--- small tables: a status message is that of somebody else
update presence_stream set status_msg = (select max(status_msg) from presence_stream)
where status_msg = (select min(status_msg) from presence_stream);

--- media: an upload is lost
delete from local_media_repository where media_id = (select min(media_id) from local_media_repository);

--- media: a picture would be cut off
update local_media_repository set media_length = media_length - 1
where media_id = (select max(media_id) from local_media_repository);

--- syn2mas: an account has no time of creation
update users set creation_ts = null where name = (select min(name) from users where password_hash is not null);

--- syn2mas: a device was last seen at no address
update devices set ip = 'nowhere' where ctid = (select min(ctid) from devices where ip <> '-');

--- syn2mas: an account is linked to what syn2mas reserves
insert into user_external_ids (auth_provider, external_id, user_id)
select 'oauth-delegated', '1', min(name) from users;

--- rooms: a room of which Dendrite has everything was left behind
delete from events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from event_json where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from state_events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from current_state_events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from room_memberships where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from local_current_membership where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from rooms where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- rooms: a room whose create event was redacted became one of version 1
update rooms set room_version = '1' where room_id = (select min(room_id) from rooms where room_version = '9');

--- rooms: a room has no version
update rooms set room_version = null where room_id = (select max(room_id) from rooms where room_version = '10');

--- rooms: a room that Dendrite does not have is there
insert into rooms (room_id, is_public, room_version) values ('!gone:d.test:31448', true, '10');

--- rooms: an application service has a room in its directory that it did not publish
insert into appservice_room_list (appservice_id, network_id, room_id) select 'br', '', min(room_id) from rooms;

--- events: the events of a room are lost, though the room is there
delete from events where type <> 'm.room.create'
  and room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- events: an event of a room that is not there
insert into events (topological_ordering, event_id, type, room_id, processed, outlier, depth, stream_ordering)
values (1, '$orphan', 'm.room.message', '!gone:d.test:31448', true, false, 1, 5000000);
insert into event_json (event_id, room_id, internal_metadata, json, format_version)
values ('$orphan', '!gone:d.test:31448', '{}', '{}', 3);

--- event ids: there is JSON of an event that is not there
insert into event_json (event_id, room_id, internal_metadata, json, format_version)
select '$orphan', room_id, internal_metadata, json, format_version from event_json order by event_id limit 1;

--- stream order: an event that clients have seen became history
update events set stream_ordering = -1000000 - stream_ordering
where stream_ordering = (select max(stream_ordering) from events where type = 'm.room.message');

--- current state: a room in use has none
delete from current_state_events
where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- current state: the power levels are lost
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.power_levels');

--- current state: the topic is lost
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.topic');

--- current state: a member is lost
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and membership = 'join');

--- current state: a member of another server is lost
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and state_key like '%:p.test:31548');

--- current state: who was banned is not any more
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and membership = 'ban');

--- state at events: the state that a room goes on from has lost the power levels
delete from state_groups_state where type = 'm.room.power_levels' and state_group in (
  with recursive chain (id) as (
    select g.state_group from event_to_state_groups g join event_forward_extremities f using (event_id)
    where f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%')
    union select x.prev_state_group from state_group_edges x join chain on chain.id = x.state_group)
  select id from chain);

--- state at events: the state that a room goes on from has lost the create event
delete from state_groups_state where type = 'm.room.create' and state_group in (
  with recursive chain (id) as (
    select g.state_group from event_to_state_groups g join event_forward_extremities f using (event_id)
    where f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%')
    union select x.prev_state_group from state_group_edges x join chain on chain.id = x.state_group)
  select id from chain);

--- state at events: a state has lost all that a block held
delete from state_groups_state where state_group = (
  select state_group from state_groups_state join event_to_state_groups using (state_group)
  group by 1 order by count(*) desc, 1 limit 1);

--- state at events: a state goes on from nothing
delete from state_group_edges where state_group = (
  select max(x.state_group) from state_group_edges x join event_to_state_groups using (state_group));

--- state groups: a state holds an event that is not there
update state_groups_state set event_id = '$orphan' where ctid = (
  select min(ctid) from state_groups_state where type = 'm.room.topic');

--- local memberships: who left is no longer known to have been there
delete from local_current_membership where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'leave' order by 1, 2 limit 1);

--- local memberships: who was banned has only left
update local_current_membership set membership = 'leave' where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'ban' order by 1, 2 limit 1);

--- memberships: a room is forgotten that nobody forgot
update room_memberships set forgotten = 1 where event_id = (
  select min(event_id) from room_memberships where forgotten = 0 and membership = 'leave');

--- forward extremities: a room goes on from an older event
update event_forward_extremities f set event_id = x.prev_event_id from event_edges x
where x.event_id = f.event_id and f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- aliases: an alias of a room that is not there
insert into room_aliases (room_alias, room_id) values ('#gone:d.test:31448', '!gone:d.test:31448');
insert into room_alias_servers (room_alias, server) values ('#gone:d.test:31448', 'd.test:31448');

--- aliases: an alias is lost
delete from room_alias_servers where room_alias like '#pub1:%';
delete from room_aliases where room_alias like '#pub1:%';

--- users: an account is lost
delete from users where name like '@carol:%';

--- users: a profile is lost
delete from profiles where user_id = 'carol';

--- users: somebody has become an administrator
update users set admin = 1 where name like '@dave:%';

--- users: an account has a whole user ID as its local part
insert into users (name, creation_ts, approved) values ('@@full:d.test:31448:d.test:31448', 1, true);

--- start-up: the local part of an account holds a colon
insert into users (name, creation_ts, approved) values ('@a:b:d.test:31448', 1, true);

--- start-up: Synapse takes a room for half joined
insert into partial_state_rooms (room_id) select min(room_id) from rooms;

--- syn2mas: the local part of an account is empty
insert into users (name, creation_ts, approved) values ('@:d.test:31448', 1, true);

--- syn2mas: a password is no hash
update users set password_hash = 'secret' where name like '@niaj:%';

--- counts: there is an account too many
insert into users (name, creation_ts, approved) values ('@gone:d.test:31448', 1, true);

--- devices: a token is lost
delete from access_tokens where id = (select min(id) from access_tokens);

--- devices: a device that Dendrite does not have is there
insert into devices (user_id, device_id, hidden) select min(user_id), 'GONE', false from devices;

--- references: what keeps a client from sending twice names a device that is not there
insert into event_txn_id_device_id (event_id, room_id, user_id, device_id, txn_id, inserted_ts)
select e.event_id, e.room_id, e.sender, 'GONE', 'twice', 1 from events e
where e.sender like '%:d.test:31448'
  and not exists (select 1 from event_txn_id_device_id t where t.event_id = e.event_id)
order by e.event_id limit 1;

--- account data: a setting is no JSON
update account_data set content = '{oops' where stream_id = (select max(stream_id) from account_data);

--- account data: clients would not be told of tags
delete from room_tags_revisions where user_id like '@alice:%';

--- account data: a tag is there that nobody gave
insert into room_tags (user_id, room_id, tag, content)
select '@judy:d.test:31448', min(room_id), 'u.nobody', '{}' from rooms;

--- push rules: an account has lost all of its rules
delete from push_rules where user_name = (select min(user_name) from push_rules);

--- pushers: a pusher is lost
delete from pushers where id = (select min(id) from pushers);

--- pushers: a pusher belongs to no device
update pushers set device_id = null where id = (select min(id) from pushers where device_id is not null);

--- filters: a filter is lost
delete from user_filters where ctid = (select min(ctid) from user_filters);

--- filters: a filter is no JSON
update user_filters set filter_json = 'x' where ctid = (select min(ctid) from user_filters);

--- receipts: a receipt of somebody who has read nothing
insert into receipts_linearized (stream_id, room_id, receipt_type, user_id, event_id, data, event_stream_ordering)
select 1000000, room_id, receipt_type, '@nobody:d.test:31448', event_id, data, event_stream_ordering
from receipts_linearized order by stream_id limit 1;

--- receipts: a receipt counts for an event that came later
update receipts_linearized set event_stream_ordering = event_stream_ordering + 1
where stream_id = (select min(stream_id) from receipts_linearized where event_stream_ordering is not null);

--- unread counts: something is unread in a room that is not there
insert into event_push_summary (user_id, room_id, notif_count, stream_ordering, thread_id)
values ('@alice:d.test:31448', '!gone:d.test:31448', 3, 1, 'main');

--- one-time keys: a one-time key is no JSON
update e2e_one_time_keys_json set key_json = 'x' where ctid = (select min(ctid) from e2e_one_time_keys_json);

--- device keys: the keys of a device are lost
delete from e2e_device_keys_json where device_id = 'BOBDEV1';

--- device keys: the keys of a device are no JSON
update e2e_device_keys_json set key_json = '{oops' where device_id = 'BOBDEV1';

--- signatures: a cross-signing key of nobody
insert into e2e_cross_signing_keys (user_id, keytype, keydata, stream_id)
select '@gone:d.test:31448', keytype, keydata, 1000000 from e2e_cross_signing_keys where keytype = 'master' limit 1;

--- signatures: a cross-signing key is no JSON
update e2e_cross_signing_keys set keydata = 'x' where keytype = 'self_signing' and user_id like '@alice:%';

--- key backups: a key in a backup is lost
delete from e2e_room_keys where ctid = (select min(ctid) from e2e_room_keys);

--- key backups: a whole backup is lost
delete from e2e_room_keys_versions where ctid = (select min(ctid) from e2e_room_keys_versions);

--- key backups: clients do not see that a backup has changed
update e2e_room_keys_versions set etag = etag + 1 where ctid = (select min(ctid) from e2e_room_keys_versions);

--- waiting messages: a message for a device is no JSON
update device_inbox set message_json = 'x' where stream_id = (select min(stream_id) from device_inbox);

--- waiting messages: a message waits for a device that is not there
update device_inbox set device_id = 'GONE' where stream_id = (select min(stream_id) from device_inbox);

--- media: a file of another server is lost
delete from remote_media_cache where media_id = (select min(media_id) from remote_media_cache);

--- media: a file has a name that leads out of its folder
insert into local_media_repository (media_id, media_type, media_length, created_ts, user_id)
values ('../../etc/passwd', 'text/plain', 3, 1, '@alice:d.test:31448');

--- media: a file belongs to somebody else
update local_media_repository set user_id = '@nobody:d.test:31448'
where media_id = (select min(media_id) from local_media_repository where user_id is not null);

--- media: a file has lost its name
update local_media_repository set upload_name = null
where media_id = (select min(media_id) from local_media_repository where upload_name ~ '^[a-z.]+$');

--- media: a picture is no picture any more
update remote_media_cache set media_type = 'application/octet-stream'
where media_id = (select min(media_id) from remote_media_cache where media_type like 'image/%');

--- media: a thumbnail of a file that is not there
insert into local_media_repository_thumbnails (media_id, thumbnail_width, thumbnail_height, thumbnail_type,
    thumbnail_method, thumbnail_length)
values ('nomedium', 32, 32, 'image/png', 'crop', 3);

--- statistics: the administration cannot find a room that everybody left
delete from room_stats_state where room_id = (
  select min(room_id) from room_stats_current where local_users_in_room = 0);

--- statistics: a user is in more rooms than is said
update user_stats_current set joined_rooms = joined_rooms - 1 where user_id like '@alice:%';

--- small tables: a registration token is lost
delete from registration_tokens where token = (select min(token) from registration_tokens);

--- small tables: an address belongs to nobody
insert into user_threepids (user_id, medium, address, validated_at, added_at)
values ('@alice:d.test:31448', 'email', 'gone@example.org', 1, 1);

--- federation: a server in our rooms is not known
delete from destinations where destination = 'p.test:31548';

--- federation: a server has to get an event that is not there
update destination_rooms set stream_ordering = 987654321
where ctid = (select min(ctid) from destination_rooms);

--- server keys: a server has the key of another one
update server_signature_keys set verify_key = '\x00'
where server_name = (select min(server_name) from server_signature_keys);

--- stream floor: Synapse would give out numbers that clients have seen
select setval('device_inbox_sequence', 1);
