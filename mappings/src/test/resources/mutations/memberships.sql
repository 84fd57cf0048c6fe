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

--- memberships: a message counts as a membership
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: counts as a membership, but is none
insert into room_memberships (event_id, user_id, sender, room_id, membership)
select event_id, sender, sender, room_id, 'join' from events where type = 'm.room.message' order by 1 limit 1;

--- memberships: a rejected membership counts
-- $QIaaUoXxPYaOY4KsI5JrawE95jSkw3xQvmFIGihghus: counts as a membership, but is none
insert into room_memberships (event_id, user_id, sender, room_id, membership)
select event_id, state_key, sender, room_id, 'leave' from events
where rejection_reason is not null and type = 'm.room.member';

--- memberships: memberships count whose events are of another type, have no state key or say no membership
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: counts as a membership, but is none
-- $Iuq1j3qhbEBeco_8e0iWqH00JW1EmMI70exXDclux8c: counts as a membership, but is none
-- $zrfOpks8abwIVe82hlQY6JjfC_nUC8gIGgraPtAL8IQ: counts as a membership, but is none
update event_json set json = replace(json, '"type":"m.room.member"', '"type":"m.room.other"')
where event_id = (select min(event_id) from room_memberships);
update event_json set json = replace(json, '"state_key":', '"was":')
where event_id = (select max(event_id) from room_memberships);
update event_json set json = replace(json, '"membership":', '"was":')
where event_id = (select min(event_id) from room_memberships where membership = 'ban');

--- memberships: memberships have another room, user or sender
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: is another membership than its JSON says
-- $Iuq1j3qhbEBeco_8e0iWqH00JW1EmMI70exXDclux8c: is another membership than its JSON says
-- $zrfOpks8abwIVe82hlQY6JjfC_nUC8gIGgraPtAL8IQ: is another membership than its JSON says
update room_memberships set room_id = (select min(room_id) from rooms)
where event_id = (select min(event_id) from room_memberships);
update room_memberships set user_id = '@other:d.test:31448' where event_id = (select max(event_id) from room_memberships);
update room_memberships set sender = '@other:d.test:31448'
where event_id = (select min(event_id) from room_memberships where membership = 'ban');

--- memberships: memberships have another kind, avatar or place in the stream
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: is another membership than its JSON says
-- $Iuq1j3qhbEBeco_8e0iWqH00JW1EmMI70exXDclux8c: is another membership than its JSON says
-- $zrfOpks8abwIVe82hlQY6JjfC_nUC8gIGgraPtAL8IQ: is another membership than its JSON says
update room_memberships set membership = 'knock' where event_id = (select min(event_id) from room_memberships);
update room_memberships set avatar_url = 'mxc://d.test/other' where event_id = (select max(event_id) from room_memberships);
update room_memberships set event_stream_ordering = event_stream_ordering + 1
where event_id = (select min(event_id) from room_memberships where membership = 'ban');

--- memberships: nobody can be said to have forgotten a room
-- $9aTewDKrqBzroIfTg3rtzGLMbJxnOFVyp2OP7nyvL9c: @carol:d.test:31448 has forgotten the room, but Synapse does not know
update room_memberships set forgotten = null
where event_id = (select min(event_id) from room_memberships where forgotten = 1);

--- memberships: an outlier counts as forgotten, and an event in the timeline too
-- $zrfOpks8abwIVe82hlQY6JjfC_nUC8gIGgraPtAL8IQ: @ivan:d.test:31448 has not forgotten the room, but Synapse thinks so
update room_memberships set forgotten = 1 where event_id = (
  select min(event_id) from room_memberships join events using (event_id) where outlier);
update room_memberships set forgotten = 1 where event_id = (
  select max(event_id) from room_memberships join events using (event_id) where not outlier and forgotten = 0);

--- memberships: a membership is of an event that is not there
-- $orphan: there is no such event
-- $zrfOpks8abwIVe82hlQY6JjfC_nUC8gIGgraPtAL8IQ: is a membership that does not count
update room_memberships set event_id = '$orphan' where event_id = (select max(event_id) from room_memberships);

--- local memberships: a user has an older membership
-- @judy:d.test:31448 in !pbz2gp80O84ukwFY:d.test:31448: has another last membership than in Dendrite
update local_current_membership l set event_id = m.event_id, membership = m.membership, event_stream_ordering = m.event_stream_ordering
from room_memberships m
where m.event_id = (select min(o.event_id) from room_memberships o join local_current_membership c using (room_id, user_id)
                    where o.event_id <> c.event_id)
  and l.room_id = m.room_id and l.user_id = m.user_id;

--- local memberships: a user of another server counts as one of this
-- @paula:p.test:31548 in !j6WzlhYDTVP2FpTs:d.test:31448: has another last membership than in Dendrite
insert into local_current_membership (room_id, user_id, event_id, membership, event_stream_ordering)
select room_id, user_id, event_id, membership, event_stream_ordering
from room_memberships where user_id like '%:p.test:31548' order by event_id limit 1;

--- local memberships: a membership has another place in the stream
-- @alice:d.test:31448 in !GtJjHFLSIa4g30Xf:d.test:31448: has another membership or place in the stream than the event has
update local_current_membership set event_stream_ordering = event_stream_ordering + 1
where event_id = (select min(event_id) from local_current_membership);

--- local memberships: a pending invite is another event
-- @olivia:d.test:31448 in !WZSfmbGQsQSCBFVKoK:p.test:31548: has another last membership than in Dendrite
-- @olivia:d.test:31448 in !WZSfmbGQsQSCBFVKoK:p.test:31548: has another membership or place in the stream than the event has
update local_current_membership set event_id = (select min(event_id) from room_memberships)
where event_id = (select min(event_id) from event_json where internal_metadata like '%out_of_band_membership%');

--- local memberships: two pending invites are lost, one with its room
-- @olivia:d.test:31448 in !WZSfmbGQsQSCBFVKoK:p.test:31548: has lost a pending invite
delete from local_current_membership where event_id in (
  select event_id from event_json where internal_metadata like '%out_of_band_membership%');
delete from rooms where room_id = (
  select min(room_id) from event_json where internal_metadata like '%out_of_band_membership%');
