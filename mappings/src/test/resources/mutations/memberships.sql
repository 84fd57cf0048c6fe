--- memberships: nobody has forgotten a room
-- $9aTewDKrqBzroIfTg3rtzGLMbJxnOFVyp2OP7nyvL9c: @carol:d.test:31448 has forgotten the room, but Synapse does not know
-- $AvOCTOcwnCna3Yc0H8YVwnnUgv7IUbHGOQAjTzss8DI: @carol:d.test:31448 has forgotten the room, but Synapse does not know
-- $N6nB5wM4BOyt8nqG9R0hl3-35wP_EyhspMDAcrzG-tY: @carol:d.test:31448 has forgotten the room, but Synapse does not know
-- 5 in all
update room_memberships set forgotten = 0 where forgotten = 1;

--- memberships: somebody had another name
-- $17955014900UphvM:p.test:31548: is another membership than its JSON says
update room_memberships set display_name = 'somebody else'
where event_id = (select min(event_id) from room_memberships where display_name is not null);

--- memberships: a membership does not count
-- $xMaVVdoVFj-kJcgor7ZTIHZ6JTseNzFzB__AhaDkgTo: is a membership that does not count
delete from room_memberships where event_id = (select max(event_id) from room_memberships where membership = 'leave');

--- local memberships: a user is no longer in a room
-- @dave:d.test:31448 in !0klQPKcbHL3kqR3L:d.test:31448: has lost the last membership
delete from local_current_membership where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'join' order by 1, 2 limit 1);

--- local memberships: a pending invite is lost
-- @olivia:d.test:31448 in !WZSfmbGQsQSCBFVKoK:p.test:31548: has lost a pending invite
delete from local_current_membership where event_id = (
  select min(event_id) from event_json where internal_metadata like '%out_of_band_membership%');

--- local memberships: a user is in a room again
-- @ivan:d.test:31448 in !3TBIJmv5z91waDlr:d.test:31448: has another membership or place in the stream than the event has
update local_current_membership set membership = 'join'
where (room_id, user_id) = (select room_id, user_id from local_current_membership where membership = 'leave' limit 1);

--- local memberships: who left is no longer known to have been there
-- @ivan:d.test:31448 in !3TBIJmv5z91waDlr:d.test:31448: has lost the last membership
delete from local_current_membership where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'leave' order by 1, 2 limit 1);

--- local memberships: who was banned has only left
-- @frank:d.test:31448 in !NsOzLRqKwkbmendlow:p.test:31548: has another membership or place in the stream than the event has
update local_current_membership set membership = 'leave' where (room_id, user_id) = (
  select room_id, user_id from local_current_membership where membership = 'ban' order by 1, 2 limit 1);

--- memberships: a room is forgotten that nobody forgot
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: @paula:p.test:31548 has not forgotten the room, but Synapse thinks so
update room_memberships set forgotten = 1 where event_id = (
  select min(event_id) from room_memberships where forgotten = 0 and membership = 'leave');
