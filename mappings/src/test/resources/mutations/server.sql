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
-- key of a server d.test:31448 ed25519:0bEKF9: has another verify_key than in Dendrite
update server_signature_keys set verify_key = '\x00'
where server_name = (select min(server_name) from server_signature_keys);
