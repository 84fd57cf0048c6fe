--- references: a membership refers to an event that is not there
-- 123456789: is in room_memberships but not in events (event_stream_ordering_fkey)
update room_memberships set event_stream_ordering = 123456789
where event_id = (select min(event_id) from room_memberships);

--- counts: half of the users are missing
-- users: as many administrators: 1 in the source, 0 in the target
-- users: as many users as accounts: 15 in the source, 6 in the target
-- users: as many users who can log in with a password: 13 in the source, 5 in the target
delete from users where name > '@f';

--- expectations: an access token belongs to nobody
-- @nobody:d.test: not so in users: every access token belongs to a user
update access_tokens set user_id = '@nobody:' || split_part(user_id, ':', 2)
where id = (select min(id) from access_tokens);

--- counts: there is an account too many
-- users: as many users as accounts: 15 in the source, 16 in the target
insert into users (name, creation_ts, approved) values ('@gone:d.test:31448', 1, true);

--- references: what keeps a client from sending twice names a device that is not there
-- @_server:d.test:31448 GONE: is in event_txn_id_device_id but not in devices (event_txn_id_device_id_user_id_device_id_fkey)
insert into event_txn_id_device_id (event_id, room_id, user_id, device_id, txn_id, inserted_ts)
select e.event_id, e.room_id, e.sender, 'GONE', 'twice', 1 from events e
where e.sender like '%:d.test:31448'
  and not exists (select 1 from event_txn_id_device_id t where t.event_id = e.event_id)
order by e.event_id limit 1;

--- constants: a token can be used once
-- access_tokens.used: is not true in every row (others: 1)
update access_tokens set used = not used where id = (select min(id) from access_tokens);

--- constants: a file is in quarantine
-- local_media_repository.quarantined_by: is not null in every row (others: 1)
update local_media_repository set quarantined_by = '@alice:d.test:31448' where media_id = (select min(media_id) from local_media_repository);

--- expectations: a room begins at another depth
-- !0klQPKcbHL3kqR3L:d.test:31448: not so in room_depth: every room with a history has the depth of its oldest event
update room_depth set min_depth = min_depth + 1 where room_id = (select min(room_id) from room_depth);

--- expectations: a rejected event is not known as one
-- $NeuaM62rKQNaQrHvS6wH18eesEyT3kz3UM9eBbQx-OQ: not so in events: every rejected event is known as one
delete from rejections where event_id = (select min(event_id) from rejections);
