--- statistics: a room has too many members
-- !0klQPKcbHL3kqR3L:d.test:31448: is a room with another number of members than is said of it
update room_stats_current set joined_members = joined_members + 1
where room_id = (select min(room_id) from room_stats_current);

--- statistics: a user cannot be found
-- @alice:d.test:31448: cannot be found by name
delete from user_directory_search where user_id like '@alice:%';

--- federation: a server would get nothing that it has missed
-- p.test:31548: is a server whose position Synapse does not know
update destinations set last_successful_stream_ordering = null;

--- server keys: a key of another server is lost
-- d.test:31448 ed25519:0bEKF9: is a key without the answer of a server that published it, or the reverse
-- d.test:31448 ed25519:0bEKF9: this key of a server is missing
delete from server_signature_keys where server_name = (select min(server_name) from server_signature_keys);

--- small tables: a report is lost
-- report 1: this report is missing
delete from event_reports where id = (select min(id) from event_reports);

--- small tables: a status message is that of somebody else
-- status message @bob:d.test:31448: has another status_msg than in Dendrite
update presence_stream set status_msg = (select max(status_msg) from presence_stream)
where status_msg = (select min(status_msg) from presence_stream);

--- statistics: the administration cannot find a room that everybody left
-- !6zFfrE8SWtfOWV4r:d.test:31448: is a room with a history that no administrator could find or purge
delete from room_stats_state where room_id = (
  select min(room_id) from room_stats_current where local_users_in_room = 0);

--- statistics: a user is in more rooms than is said
-- @alice:d.test:31448: is a user in another number of rooms than is said of them
update user_stats_current set joined_rooms = joined_rooms - 1 where user_id like '@alice:%';

--- small tables: a registration token is lost
-- token f8cec0ca965428da211bab1a769cf031: this registration token is missing
delete from registration_tokens where token = (select min(token) from registration_tokens);

--- small tables: an address belongs to nobody
-- @alice:d.test:31448 email 0f5e274e66201ebe421f90b41bf961d6: Dendrite has no such third-party identifier
insert into user_threepids (user_id, medium, address, validated_at, added_at)
values ('@alice:d.test:31448', 'email', 'gone@example.org', 1, 1);

--- federation: a server in our rooms is not known
-- p.test:31548 !0klQPKcbHL3kqR3L:d.test:31448: has to get an event that is not there
-- p.test:31548 !3TBIJmv5z91waDlr:d.test:31448: has to get an event that is not there
-- p.test:31548 !4JxZfDa6AMpinOOS:d.test:31448: has to get an event that is not there
-- 29 in all
delete from destinations where destination = 'p.test:31548';

--- federation: a server has to get an event that is not there
-- p.test:31548 !AEps0gTxVSdRQkmI:d.test:31448: has to get an event that is not there
update destination_rooms set stream_ordering = 987654321
where ctid = (select min(ctid) from destination_rooms);

--- server keys: a server has the key of another one
-- d.test:31448 ed25519:0bEKF9: is a key without the answer of a server that published it, or the reverse
-- key of a server d.test:31448 ed25519:0bEKF9: has another verify_key than in Dendrite
update server_signature_keys set verify_key = '\x00'
where server_name = (select min(server_name) from server_signature_keys);

--- federation: Synapse knows no other server
-- p.test:31548 !0klQPKcbHL3kqR3L:d.test:31448: would get nothing of what it has missed in the room
-- p.test:31548 !3TBIJmv5z91waDlr:d.test:31448: would get nothing of what it has missed in the room
-- p.test:31548 !4JxZfDa6AMpinOOS:d.test:31448: would get nothing of what it has missed in the room
-- 29 in all
delete from destination_rooms;
delete from destinations;

--- federation: an event to be sent is one of another room
-- p.test:31548 !AEps0gTxVSdRQkmI:d.test:31448: would get nothing of what it has missed in the room
-- p.test:31548 !gone:d.test:31448: has to get an event that is not there
update destination_rooms set room_id = '!gone:d.test:31448' where room_id like '!AEps%';

--- statistics: a room has no statistics
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with a history that no administrator could find or purge
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with another number of members than is said of it
delete from room_stats_current where room_id like '!AEps%';

--- statistics: a room that is not there has the statistics of another
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with a history that no administrator could find or purge
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with another number of members than is said of it
-- !gone:d.test:31448: is a room with another number of members than is said of it
update room_stats_current set room_id = '!gone:d.test:31448' where room_id like '!AEps%';

--- statistics: nobody in a room is of this server
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with another number of members than is said of it
update room_stats_current set local_users_in_room = 0 where room_id like '!AEps%';

--- statistics: somebody is banned from a room who is not
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with another number of members than is said of it
update room_stats_current set banned_members = banned_members + 1 where room_id like '!AEps%';

--- statistics: a user has no statistics
-- @alice:d.test:31448: is a user in another number of rooms than is said of them
delete from user_stats_current where user_id like '@alice:%';

--- statistics: a user is found by another name
-- @alice:d.test:31448: cannot be found by name
update user_directory set display_name = 'somebody else' where user_id like '@alice:%';

--- statistics: a deactivated user can be found
-- @grace:d.test:31448: can be found by name, but should not
insert into user_directory (user_id, display_name) values ('@grace:d.test:31448', 'Grace');

--- server keys: a key is valid no more
-- key of a server p.test:31548 ed25519:a_xPVF: has another ts_valid_until_ms than in Dendrite
-- p.test:31548 ed25519:a_xPVF: is a key without the answer of a server that published it, or the reverse
update server_signature_keys set ts_valid_until_ms = 0 where server_name like 'p.test%';

--- server keys: a key of another server that nobody knows
-- gone.example ed25519:a_xPVF: Dendrite has no such key of a server
-- gone.example ed25519:a_xPVF: is a key without the answer of a server that published it, or the reverse
insert into server_signature_keys (server_name, key_id, from_server, ts_added_ms, ts_valid_until_ms, verify_key)
select 'gone.example', key_id, from_server, ts_added_ms, ts_valid_until_ms, verify_key
from server_signature_keys where server_name like 'p.test%';

--- small tables: a status message is lost
-- @bob:d.test:31448: this status message is missing
delete from presence_stream where user_id like '@bob:%';

--- small tables: somebody was active at another time
-- status message @bob:d.test:31448: has another last_active_ts than in Dendrite
update presence_stream set last_active_ts = last_active_ts / 1000 where user_id like '@bob:%';

--- small tables: a report is of another event
-- report report 1: has another event_id than in Dendrite
-- report report 1: has another received_ts than in Dendrite
update event_reports set event_id = '$gone', received_ts = 1 where id = 1;

--- small tables: a report is that of somebody else
-- report report 1: has another user_id than in Dendrite
update event_reports set user_id = '@carol:d.test:31448' where id = 1;

--- small tables: a registration token does not end
-- registration token token 8926b6d18f22ac6624eb7dc9f39ca445: has another expiry_time than in Dendrite
update registration_tokens set expiry_time = null where token = 'judge-token-2';

--- small tables: a registration token is that of nobody
-- token 50c1f58be7f5e47e0f53d64c094783c2: Dendrite has no such registration token
insert into registration_tokens (token, pending, completed) values ('gone', 0, 0);

--- small tables: a report has lost its reason
-- report report 1: has another reason than in Dendrite
update event_reports set reason = 'other' where id = (select min(id) from event_reports);

--- small tables: a registration token can be used more often
-- registration token token f8cec0ca965428da211bab1a769cf031: has another completed than in Dendrite
-- registration token token f8cec0ca965428da211bab1a769cf031: has another uses_allowed than in Dendrite
update registration_tokens set uses_allowed = 99, completed = 7 where token = (select min(token) from registration_tokens);

--- federation: a server would get nothing that it has missed in a room
-- p.test:31548 !0klQPKcbHL3kqR3L:d.test:31448: would get nothing of what it has missed in the room
delete from destination_rooms where room_id = (select min(room_id) from destination_rooms);

--- statistics: nobody finds the members of a public room
-- @dave:d.test:31448 in !0klQPKcbHL3kqR3L:d.test:31448: is in a room with others who could not find them by it
-- @erin:d.test:31448 in !0klQPKcbHL3kqR3L:d.test:31448: is in a room with others who could not find them by it
-- @odd=user/x-1_y.z:d.test:31448 in !0klQPKcbHL3kqR3L:d.test:31448: is in a room with others who could not find them by it
-- 4 in all
delete from users_in_public_rooms where room_id = (select min(room_id) from users_in_public_rooms);

--- statistics: the members of a private room do not find each other
-- @alice:d.test:31448 in !BIksRFCe3RSSJhTY:d.test:31448: is in a room with others who could not find them by it
-- @bob:d.test:31448 in !BIksRFCe3RSSJhTY:d.test:31448: is in a room with others who could not find them by it
-- @carol:d.test:31448 in !BIksRFCe3RSSJhTY:d.test:31448: is in a room with others who could not find them by it
-- 4 in all
delete from users_who_share_private_rooms where room_id = (select min(room_id) from users_who_share_private_rooms);

--- room list: a room has another name
-- !0klQPKcbHL3kqR3L:d.test:31448: has another name in the list of rooms
update room_stats_state set name = 'other' where room_id = (select min(room_id) from room_stats_state where name is not null);

--- room list: a room has lost its name
-- !0klQPKcbHL3kqR3L:d.test:31448: has another name in the list of rooms
update room_stats_state set name = null where room_id = (select min(room_id) from room_stats_state where name is not null);

--- room list: a room has lost its topic
-- !0klQPKcbHL3kqR3L:d.test:31448: has another topic in the list of rooms
update room_stats_state set topic = null where room_id = (select min(room_id) from room_stats_state where topic is not null);

--- room list: a room has another picture
-- !0klQPKcbHL3kqR3L:d.test:31448: has another avatar in the list of rooms
update room_stats_state set avatar = 'mxc://d.test:31448/other' where room_id = (select min(room_id) from room_stats_state where join_rules is not null);

--- room list: a room has another alias
-- !0klQPKcbHL3kqR3L:d.test:31448: has another canonical_alias in the list of rooms
update room_stats_state set canonical_alias = '#other:d.test:31448' where room_id = (select min(room_id) from room_stats_state where join_rules is not null);

--- room list: a room is said to be open to everybody
-- !BIksRFCe3RSSJhTY:d.test:31448: has another join_rules in the list of rooms
update room_stats_state set join_rules = 'public' where room_id = (
  select min(room_id) from room_stats_state join current_state_events using (room_id) where join_rules = 'invite');

--- room list: the history of a room is said to be open
-- !0klQPKcbHL3kqR3L:d.test:31448: has another history_visibility in the list of rooms
update room_stats_state set history_visibility = 'world_readable'
where room_id = (select min(room_id) from room_stats_state where history_visibility = 'shared');

--- room list: an encrypted room is said to be none
-- !BIksRFCe3RSSJhTY:d.test:31448: has another encryption in the list of rooms
update room_stats_state set encryption = null where room_id = (select min(room_id) from room_stats_state where encryption is not null);

--- room list: guests are said to be let in
-- !0klQPKcbHL3kqR3L:d.test:31448: has another guest_access in the list of rooms
update room_stats_state set guest_access = 'other' where room_id = (select min(room_id) from room_stats_state where join_rules is not null);

--- room list: a space is said to be a room
-- !LbI95SRyJ3esgdfA:d.test:31448: has another room_type in the list of rooms
update room_stats_state set room_type = null where room_id = (select min(room_id) from room_stats_state where room_type is not null);

--- room list: a room is said to be closed to other servers
-- !0klQPKcbHL3kqR3L:d.test:31448: is open to other servers in its state or in the list of rooms only
update room_stats_state set is_federatable = false where room_id = (select min(room_id) from room_stats_state where is_federatable);

--- server keys: no answer of a server has a key
-- d.test:31448 ed25519:0bEKF9: is a key without the answer of a server that published it, or the reverse
-- p.test:31548 ed25519:a_xPVF: is a key without the answer of a server that published it, or the reverse
delete from server_keys_json;

--- federation: a server would get nothing for a long time
-- p.test:31548: is a server that would not get the next events
update destinations set last_successful_stream_ordering = 1000000;

--- statistics: somebody knocks who does not
-- !AEps0gTxVSdRQkmI:d.test:31448: is a room with another number of members than is said of it
update room_stats_current set knocked_members = knocked_members + 1 where room_id like '!AEps%';

--- statistics: a user is found with another picture
-- @alice:d.test:31448: cannot be found by name
update user_directory set avatar_url = 'mxc://d.test:31448/other' where user_id like '@alice:%';
