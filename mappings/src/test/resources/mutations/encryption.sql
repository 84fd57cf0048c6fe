--- one-time keys: a one-time key is lost
-- @alice:d.test:31448 ALICEDEV1 signed_curve25519:AAAAAAAAAA0: this one-time key is missing
delete from e2e_one_time_keys_json where ctid = (select min(ctid) from e2e_one_time_keys_json);

--- one-time keys: a key that somebody has claimed is there again
-- @alice:d.test:31448 ALICEDEV1 signed_curve25519:CLAIMED: Dendrite has no such one-time key
insert into e2e_one_time_keys_json (user_id, device_id, algorithm, key_id, ts_added_ms, key_json)
select user_id, device_id, algorithm, 'CLAIMED', ts_added_ms, key_json from e2e_one_time_keys_json limit 1;

--- key backups: a key in a backup is that of another session
-- key in a backup @carol:d.test:31448 3 !BIksRFCe3RSSJhTY:d.test:31448 kJoL1FkQM6XVmTiFIv5vTS5NT1kSB5ye6vdkKEIIfR4: has another content than in Dendrite
update e2e_room_keys set session_data = (select max(session_data) from e2e_room_keys)
where ctid = (select ctid from e2e_room_keys order by session_data limit 1);

--- key backups: the backup is another version
-- @alice:d.test:31448 101: Dendrite has no such key backup
-- @alice:d.test:31448 1: this key backup is missing
update e2e_room_keys_versions set version = version + 100 where user_id like '@alice:%';

--- waiting messages: a message for a device is lost
-- @carol:d.test:31448 CAROLDEV1 55ac3be72ce290c08cd6fc4ef86ad477 1: this message to a device is missing
delete from device_inbox where stream_id = (select max(stream_id) from device_inbox);

--- waiting messages: two messages for a device are in the wrong order
-- @bob:d.test:31448 BOBDEV2 17d7905972703e3dd7893f506dc80769 2: Dendrite has no such message to a device
-- @bob:d.test:31448 BOBDEV2 736cd8eae68b0080d35808d59d50b9c1 1: this message to a device is missing
-- @bob:d.test:31448 BOBDEV2: gets its messages in another order
update device_inbox m set message_json = o.message_json
from device_inbox o
where m.device_id = 'BOBDEV2' and o.device_id = 'BOBDEV2'
  and m.stream_id = (select min(stream_id) from device_inbox where device_id = 'BOBDEV2')
  and o.stream_id = (select max(stream_id) from device_inbox where device_id = 'BOBDEV2');

--- device lists: a room is not told of new keys
-- @dave:d.test:31448 in !0klQPKcbHL3kqR3L:d.test:31448: is in a room that is not told of the change of the device list
delete from device_lists_changes_in_room where ctid = (select min(ctid) from device_lists_changes_in_room);

--- device keys: a device has the keys of another one
-- @alice:d.test:31448 ALICEDEV1: has other keys than in Dendrite
update e2e_device_keys_json set key_json = (select key_json from e2e_device_keys_json where device_id = 'BOBDEV1')
where device_id = 'ALICEDEV1';

--- signatures: a signature of a device is broken
-- @alice:d.test:31448 ALICEDEV1 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @alice:d.test:31448 ALICEDEV1 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature that is not true
update e2e_cross_signing_signatures set signature = translate(signature, 'ABCDEFGHIJ', 'BCDEFGHIJA')
where target_device_id = 'ALICEDEV1';

--- signatures: nobody vouches for another user any more
-- @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ by @alice:d.test:31448 +evfvJXKlLAph2k6hKf1/Qwtq1ZTyXWkKSiBJMThtSU: is a signature in Dendrite only
delete from e2e_cross_signing_signatures where user_id <> target_user_id;

--- signatures: the keys of another server are without the one that signed them
-- @pia:p.test:31548 PIADEV1 by @pia:p.test:31548 p3mRUAiFPCNSTOpUJJxxMVW1FelxfnzN1sRDzf/d34s: is a signature by or of a key that is not there
delete from e2e_cross_signing_keys where user_id = (
  select user_id from device_lists_remote_cache where content like '%"signatures"%' order by user_id limit 1)
  and keytype = 'self_signing';

--- signatures: the signature in a key is gone to the table
-- @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY by @alice:d.test:31448 ZYuBLcYIZ7jY6TOA8KpJAZ0Svv3VsU2Wc2H6SlmXuv4: is a signature that nobody else would see
insert into e2e_cross_signing_signatures (user_id, key_id, target_user_id, target_device_id, signature)
select k.user_id, s.key, k.user_id, split_part(n.key, ':', 2), s.value #>> '{}'
from e2e_cross_signing_keys k,
     json_each(k.keydata::json -> 'signatures' -> k.user_id) s, json_each(k.keydata::json -> 'keys') n
where k.keytype = 'self_signing' and k.user_id like '@alice:%';
update e2e_cross_signing_keys set keydata = (keydata::jsonb - 'signatures')::text
where keytype = 'self_signing' and user_id like '@alice:%';

--- signatures: a cross-signing key is lost
-- @bob:d.test:31448 2KsrAeg1l4oYctYVrglVeQuAoDPQuS8Drcwvgv1PqZs by @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ: is a signature in Dendrite only
-- @bob:d.test:31448 user_signing: is another cross-signing key than in Dendrite
delete from e2e_cross_signing_keys where keytype = 'user_signing' and user_id like '@bob:%';

--- signatures: the name of a cross-signing key is not reserved
-- @carol:d.test:31448 master: is a cross-signing key whose name a device could take
delete from devices where hidden and user_id like '@carol:%' and display_name = 'master signing key';

--- one-time keys: a one-time key is no JSON
-- one-time key @alice:d.test:31448 ALICEDEV1 signed_curve25519:AAAAAAAAAA0: has another content than in Dendrite
update e2e_one_time_keys_json set key_json = 'x' where ctid = (select min(ctid) from e2e_one_time_keys_json);

--- device keys: the keys of a device are lost
-- @bob:d.test:31448 BOBDEV1: has lost its keys
delete from e2e_device_keys_json where device_id = 'BOBDEV1';

--- device keys: the keys of a device are no JSON
-- @bob:d.test:31448 BOBDEV1: has other keys than in Dendrite
update e2e_device_keys_json set key_json = '{oops' where device_id = 'BOBDEV1';

--- signatures: a cross-signing key of nobody
-- @gone:d.test:31448 master: is a cross-signing key that Dendrite does not have
insert into e2e_cross_signing_keys (user_id, keytype, keydata, stream_id)
select '@gone:d.test:31448', keytype, keydata, 1000000 from e2e_cross_signing_keys where keytype = 'master' limit 1;

--- signatures: a cross-signing key is no JSON
-- @alice:d.test:31448 ALICEDEV1 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature by or of a key that is not there
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature by or of a key that is not there
-- @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY by @alice:d.test:31448 ZYuBLcYIZ7jY6TOA8KpJAZ0Svv3VsU2Wc2H6SlmXuv4: is a signature in Dendrite only
-- 5 in all
update e2e_cross_signing_keys set keydata = 'x' where keytype = 'self_signing' and user_id like '@alice:%';

--- key backups: a key in a backup is lost
-- @alice:d.test:31448 1 !BIksRFCe3RSSJhTY:d.test:31448 DQSP7JTfx6eUSNsrmDsOG33gMP2nttRLltM4VsoypSQ: this key in a backup is missing
delete from e2e_room_keys where ctid = (select min(ctid) from e2e_room_keys);

--- key backups: a whole backup is lost
-- @alice:d.test:31448 1: this key backup is missing
delete from e2e_room_keys_versions where ctid = (select min(ctid) from e2e_room_keys_versions);

--- key backups: clients do not see that a backup has changed
-- key backup @alice:d.test:31448 1: has another etag than in Dendrite
update e2e_room_keys_versions set etag = etag + 1 where ctid = (select min(ctid) from e2e_room_keys_versions);

--- waiting messages: a message for a device is no JSON
-- @bob:d.test:31448 BOBDEV2 736cd8eae68b0080d35808d59d50b9c1 1: this message to a device is missing
-- @bob:d.test:31448 BOBDEV2 9dd4e461268c8034f5c8564e155c67a6 1: Dendrite has no such message to a device
-- @bob:d.test:31448 BOBDEV2: gets its messages in another order
update device_inbox set message_json = 'x' where stream_id = (select min(stream_id) from device_inbox);

--- waiting messages: a message waits for a device that is not there
-- @bob:d.test:31448 BOBDEV2 736cd8eae68b0080d35808d59d50b9c1 1: this message to a device is missing
-- @bob:d.test:31448 GONE 736cd8eae68b0080d35808d59d50b9c1 1: Dendrite has no such message to a device
update device_inbox set device_id = 'GONE' where stream_id = (select min(stream_id) from device_inbox);
