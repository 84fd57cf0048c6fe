--- rooms: a room has another version
-- !3TBIJmv5z91waDlr:d.test:31448: has another version than in Dendrite
update rooms set room_version = '10' where room_id = (select min(room_id) from rooms where room_version = '11');

--- rooms: a room is not in the directory any more
-- !AEps0gTxVSdRQkmI:d.test:31448: is in one directory of rooms only
update rooms set is_public = false where room_id = (select min(room_id) from rooms where is_public);

--- aliases: an alias has no server
-- #multi-b1:d.test:31448: is an alias without this server, so that nobody would find it, or a server without alias
delete from room_alias_servers where room_alias = (select min(room_alias) from room_aliases);

--- aliases: an alias leads to another room
-- #multi-b1:d.test:31448: leads to another room
update room_aliases set room_id = (select max(room_id) from rooms)
where room_alias = (select min(room_alias) from room_aliases);

--- rooms: a room of which Dendrite has everything was left behind
-- !AEps0gTxVSdRQkmI:d.test:31448: is missing
delete from events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from event_json where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from state_events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from current_state_events where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from room_memberships where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from local_current_membership where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');
delete from rooms where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- rooms: a room whose create event was redacted became one of version 1
-- !GJ09DsjtTkmeBhlg:d.test:31448: has another version than in Dendrite
update rooms set room_version = '1' where room_id = (select min(room_id) from rooms where room_version = '9');

--- rooms: a room has no version
-- !yumMUcDLPjiqlkYxQj:p.test:31548: has another version than in Dendrite
update rooms set room_version = null where room_id = (select max(room_id) from rooms where room_version = '10');

--- rooms: a room that Dendrite does not have is there
-- !gone:d.test:31448: Dendrite has no such room
insert into rooms (room_id, is_public, room_version) values ('!gone:d.test:31448', true, '10');

--- rooms: an application service has a room in its directory that it did not publish
-- br  !0klQPKcbHL3kqR3L:d.test:31448: Dendrite has no such room of an application service
insert into appservice_room_list (appservice_id, network_id, room_id) select 'br', '', min(room_id) from rooms;

--- aliases: an alias of a room that is not there
-- #gone:d.test:31448: Dendrite has no such alias
insert into room_aliases (room_alias, room_id) values ('#gone:d.test:31448', '!gone:d.test:31448');
insert into room_alias_servers (room_alias, server) values ('#gone:d.test:31448', 'd.test:31448');

--- aliases: an alias is lost
-- #pub1:d.test:31448: this alias is missing
delete from room_alias_servers where room_alias like '#pub1:%';
delete from room_aliases where room_alias like '#pub1:%';

--- rooms: a room is public that was not
-- !0klQPKcbHL3kqR3L:d.test:31448: is in one directory of rooms only
update rooms set is_public = true where room_id like '!0klQ%';

--- rooms: somebody else has made a room
-- !0klQPKcbHL3kqR3L:d.test:31448: has another creator than in Dendrite
update rooms set creator = '@bob:d.test:31448' where room_id like '!0klQ%';

--- rooms: nobody has made a room
-- !0klQPKcbHL3kqR3L:d.test:31448: has another creator than in Dendrite
update rooms set creator = null where room_id like '!0klQ%';

--- rooms: a room that somebody is only invited to is lost
-- !NhsnIXoSqtdanEjETy:p.test:31548: is missing
delete from rooms where room_id like '!NhsnI%';

--- aliases: somebody else has made an alias
-- #pub1:d.test:31448: has another creator
update room_aliases set creator = '@bob:d.test:31448' where room_alias like '#pub1:%';

--- aliases: nobody has made an alias
-- #pub1:d.test:31448: has another creator
update room_aliases set creator = null where room_alias like '#pub1:%';

--- aliases: a server is left of an alias
-- #gone:d.test:31448: is an alias without this server, so that nobody would find it, or a server without alias
insert into room_alias_servers (room_alias, server) values ('#gone:d.test:31448', 'd.test:31448');

--- aliases: an alias can be asked of another server only
-- #pub1:d.test:31448: is an alias without this server, so that nobody would find it, or a server without alias
update room_alias_servers set server = 'p.test:31548' where room_alias like '#pub1:%';
