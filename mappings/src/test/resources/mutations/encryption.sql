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

--- device keys: a device has keys that Dendrite does not have
-- @bob:d.test:31448 GONE: Dendrite has no keys of this device
insert into e2e_device_keys_json (user_id, device_id, ts_added_ms, key_json)
select user_id, 'GONE', ts_added_ms, key_json from e2e_device_keys_json where device_id = 'BOBDEV1';

--- device keys: keys have been there since another time
-- @bob:d.test:31448 BOBDEV1: has had its keys since another time
update e2e_device_keys_json set ts_added_ms = ts_added_ms / 1000 where device_id = 'BOBDEV1';

--- device keys: a device has lost what its keys are
-- @bob:d.test:31448 BOBDEV1: has other keys than in Dendrite
update e2e_device_keys_json set key_json = '{}' where device_id = 'BOBDEV1';

--- device lists: nobody asks for the keys of somebody
-- @bob:d.test:31448: has keys, but no change of the device list says so
delete from device_lists_stream where user_id like '@bob:%';
delete from device_lists_changes_in_room where user_id like '@bob:%';

--- device lists: nobody asks for the keys of somebody of another server
-- @pia:p.test:31548: has keys, but no change of the device list says so
delete from device_lists_stream where user_id like '@pia:%';
delete from device_lists_changes_in_room where user_id like '@pia:%';

--- device lists: a room is told of a change before it is one
-- @dave:d.test:31448 !0klQPKcbHL3kqR3L:d.test:31448: has a change of the device list that is in no stream
-- @dave:d.test:31448 !3TBIJmv5z91waDlr:d.test:31448: has a change of the device list that is in no stream
-- @dave:d.test:31448 !4JxZfDa6AMpinOOS:d.test:31448: has a change of the device list that is in no stream
-- 22 in all
update device_lists_changes_in_room set stream_id = 1000000 where user_id like '@dave:%';

--- one-time keys: a one-time key has another name
-- @alice:d.test:31448 ALICEDEV1 signed_curve25519:AAAAAAAAAA0: this one-time key is missing
-- @alice:d.test:31448 ALICEDEV1 signed_curve25519:AAAAAAAAAA0x: Dendrite has no such one-time key
update e2e_one_time_keys_json set key_id = key_id || 'x' where ctid = (select min(ctid) from e2e_one_time_keys_json);

--- key backups: a deleted backup is there again
-- key backup @alice:d.test:31448 1: has another deleted than in Dendrite
update e2e_room_keys_versions set deleted = 1 - deleted where ctid = (select min(ctid) from e2e_room_keys_versions);

--- key backups: clients cannot read what a backup is encrypted with
-- key backup @alice:d.test:31448 1: has another content than in Dendrite
update e2e_room_keys_versions set auth_data = '{}' where ctid = (select min(ctid) from e2e_room_keys_versions);

--- key backups: a key counts as verified that was not
-- key in a backup @alice:d.test:31448 1 !BIksRFCe3RSSJhTY:d.test:31448 DQSP7JTfx6eUSNsrmDsOG33gMP2nttRLltM4VsoypSQ: has another is_verified than in Dendrite
update e2e_room_keys set is_verified = not is_verified where ctid = (select min(ctid) from e2e_room_keys);

--- key backups: a key begins with another message
-- key in a backup @alice:d.test:31448 1 !BIksRFCe3RSSJhTY:d.test:31448 DQSP7JTfx6eUSNsrmDsOG33gMP2nttRLltM4VsoypSQ: has another first_message_index than in Dendrite
update e2e_room_keys set first_message_index = first_message_index + 1 where ctid = (select min(ctid) from e2e_room_keys);

--- key backups: a key is in a backup that nobody made
-- @alice:d.test:31448 1 !BIksRFCe3RSSJhTY:d.test:31448 DQSP7JTfx6eUSNsrmDsOG33gMP2nttRLltM4VsoypSQ: this key in a backup is missing
-- @alice:d.test:31448 101 !BIksRFCe3RSSJhTY:d.test:31448 DQSP7JTfx6eUSNsrmDsOG33gMP2nttRLltM4VsoypSQ: Dendrite has no such key in a backup
update e2e_room_keys set version = version + 100 where ctid = (select min(ctid) from e2e_room_keys);

--- waiting messages: a device gets a message twice
-- @carol:d.test:31448 CAROLDEV1 55ac3be72ce290c08cd6fc4ef86ad477 2: Dendrite has no such message to a device
-- @carol:d.test:31448 CAROLDEV1: gets its messages in another order
insert into device_inbox (user_id, device_id, stream_id, message_json)
select user_id, device_id, 1000000, message_json from device_inbox where device_id = 'CAROLDEV1';

--- waiting messages: the newest message comes first
-- @dave:d.test:31448 DAVEDEV2: gets its messages in another order
update device_inbox set stream_id = 1 where device_id = 'DAVEDEV2'
  and stream_id = (select max(stream_id) from device_inbox where device_id = 'DAVEDEV2');

--- signatures: what others sign of a key is not true
-- @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ by @alice:d.test:31448 +evfvJXKlLAph2k6hKf1/Qwtq1ZTyXWkKSiBJMThtSU: is a signature in Dendrite only
-- @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ by @alice:d.test:31448 +evfvJXKlLAph2k6hKf1/Qwtq1ZTyXWkKSiBJMThtSU: is a signature that is not true
update e2e_cross_signing_signatures set signature = translate(signature, 'ABCDEFGHIJ', 'BCDEFGHIJA')
where user_id <> target_user_id;

--- signatures: a signature is none
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature that is not true
update e2e_cross_signing_signatures set signature = 'x!' where target_device_id = 'ALICEDEV2';

--- signatures: a signature stands at another key
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature that is not true
update e2e_cross_signing_signatures set signature = (
  select signature from e2e_cross_signing_signatures where target_device_id = 'ALICEDEV1')
where target_device_id = 'ALICEDEV2';

--- signatures: a signature is that of a user who is not there
-- @alice:d.test:31448 ALICEDEV1 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @alice:d.test:31448 ALICEDEV1 by @gone:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature by or of a key that is not there
update e2e_cross_signing_signatures set user_id = '@gone:d.test:31448' where target_device_id = 'ALICEDEV1';

--- signatures: the signature of a device is gone from its keys
-- @bob:d.test:31448 BOBDEV1 by @bob:d.test:31448 BOBDEV1: is a signature in Dendrite only
-- @bob:d.test:31448 BOBDEV1 by @bob:d.test:31448 DyW8zr0sK4jFTOl2KFhAcaRzUaMWy+kJJPIWWO4WkEU: is a signature in Dendrite only
update e2e_device_keys_json set key_json = (key_json::jsonb - 'signatures')::text where device_id = 'BOBDEV1';

--- signatures: a signature is of a device that is not there
-- @alice:d.test:31448 GONE by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature by or of a key that is not there
insert into e2e_cross_signing_signatures (user_id, key_id, target_user_id, target_device_id, signature)
select user_id, key_id, target_user_id, 'GONE', signature from e2e_cross_signing_signatures where target_device_id = 'ALICEDEV1';

--- signatures: a device of another server has another key
-- @pia:p.test:31548 PIADEV1 by @pia:p.test:31548 PIADEV1: is a signature that is not true
-- @pia:p.test:31548 PIADEV1 by @pia:p.test:31548 p3mRUAiFPCNSTOpUJJxxMVW1FelxfnzN1sRDzf/d34s: is a signature that is not true
-- @pia:p.test:31548 uMZ6Y9QZrRaXbdvaIM2bGV5xWGtiZjGm1yYfDWiOyeY by @pia:p.test:31548 PIADEV1: is a signature that is not true
update device_lists_remote_cache set content = replace(content, 'Iq5pWQUoluO7', 'Jq5pWQUoluO7') where user_id like '@pia:%';

--- signatures: somebody has another cross-signing key
-- @carol:d.test:31448 YGOXjlbypei+V5EFHSyFZsLcpW/4D6i+7zP4CRBA5HY by @carol:d.test:31448 YRvlPLaZIhUjqfWof/k3+eh2N4aM0cOgA0V1Ks0a/NQ: is a signature by or of a key that is not there
-- @carol:d.test:31448 YRvlPLaZIhUjqfWof/k3+eh2N4aM0cOgA0V1Ks0a/NQ by @carol:d.test:31448 CAROLDEV1: is a signature by or of a key that is not there
-- @carol:d.test:31448 YRvlPLaZIhUjqfWof/k3+eh2N4aM0cOgA0V1Ks0a/NQ by @carol:d.test:31448 YRvlPLaZIhUjqfWof/k3+eh2N4aM0cOgA0V1Ks0a/NQ: is a signature in Dendrite only
-- 6 in all
update e2e_cross_signing_keys set keydata = (
  select keydata from e2e_cross_signing_keys where keytype = 'master' and user_id like '@bob:%')
where keytype = 'master' and user_id like '@carol:%';

--- signatures: a cross-signing key is for something else
-- @carol:d.test:31448 user_signing: is another cross-signing key than in Dendrite
-- @carol:d.test:31448 user_signing_old: is a cross-signing key whose name a device could take
update e2e_cross_signing_keys set keytype = 'user_signing_old' where keytype = 'user_signing' and user_id like '@carol:%';

--- signatures: somebody has a cross-signing key that they never had
-- @dave:d.test:31448 user_signing: is a cross-signing key that Dendrite does not have
-- @dave:d.test:31448 user_signing: is a cross-signing key whose name a device could take
insert into e2e_cross_signing_keys (user_id, keytype, keydata, stream_id)
select '@dave:d.test:31448', keytype, keydata, 1000000 from e2e_cross_signing_keys
where keytype = 'user_signing' and user_id like '@carol:%';

--- signatures: a newer cross-signing key hides the right one
-- @carol:d.test:31448 YGOXjlbypei+V5EFHSyFZsLcpW/4D6i+7zP4CRBA5HY by @carol:d.test:31448 YRvlPLaZIhUjqfWof/k3+eh2N4aM0cOgA0V1Ks0a/NQ: is a signature in Dendrite only
-- @carol:d.test:31448 user_signing: is a cross-signing key whose name a device could take
-- @carol:d.test:31448 user_signing: is another cross-signing key than in Dendrite
insert into e2e_cross_signing_keys (user_id, keytype, keydata, stream_id)
select '@carol:d.test:31448', keytype, keydata, 1000000 from e2e_cross_signing_keys
where keytype = 'user_signing' and user_id like '@bob:%';

--- signatures: a cross-signing key does not hold what its name says
-- @bob:d.test:31448 2KsrAeg1l4oYctYVrglVeQuAoDPQuS8Drcwvgv1PqZs by @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ: is a signature in Dendrite only
-- @bob:d.test:31448 user_signing: is another cross-signing key than in Dendrite
update e2e_cross_signing_keys set keydata = replace(keydata, ':"2KsrAeg1', ':"3KsrAeg1')
where keytype = 'user_signing' and user_id like '@bob:%';

--- signatures: all signatures in the table are lost
-- @alice:d.test:31448 ALICEDEV1 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @alice:d.test:31448 ALICEDEV2 by @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: is a signature in Dendrite only
-- @bob:d.test:31448 Q7ijU+BfmJYxnNaw1T1KDaG8e8ZUvvsrov8b3T8j/DQ by @alice:d.test:31448 +evfvJXKlLAph2k6hKf1/Qwtq1ZTyXWkKSiBJMThtSU: is a signature in Dendrite only
delete from e2e_cross_signing_signatures;

--- signatures: a signature says no algorithm
-- @alice:d.test:31448 +evfvJXKlLAph2k6hKf1/Qwtq1ZTyXWkKSiBJMThtSU: signs with a key whose algorithm is not said
-- @alice:d.test:31448 ALICEDEV1: signs with a key whose algorithm is not said
-- @alice:d.test:31448 c3eQVyhXzplZEbrkK+CZ1EeS6FzjjZuPuTJFZvt7ZUY: signs with a key whose algorithm is not said
-- 6 in all
update e2e_cross_signing_signatures set key_id = substr(key_id, 9);

--- device keys: a device of another server is lost
-- @pia:p.test:31548 PIADEV1: is a device of another server that Synapse would not know of
delete from device_lists_remote_cache where ctid = (select min(ctid) from device_lists_remote_cache);

--- device keys: a device of another server has no JSON
-- @pia:p.test:31548 PIADEV1: has other keys than in Dendrite
update device_lists_remote_cache set content = 'x' where ctid = (select min(ctid) from device_lists_remote_cache);

--- device keys: a device of another server has another key
-- @pia:p.test:31548 PIADEV1: has other keys than in Dendrite
update device_lists_remote_cache set content = regexp_replace(content, '"curve25519:([^"]*)":"....', '"curve25519:\1":"AAAA')
where ctid = (select min(ctid) from device_lists_remote_cache);

--- device keys: a device of another server that Dendrite does not know
-- @pia:p.test:31548 GONE: Dendrite knows no such device of another server
insert into device_lists_remote_cache (user_id, device_id, content) values ('@pia:p.test:31548', 'GONE', '{}');

--- one-time keys: a key is claimed before older ones
-- one-time key @alice:d.test:31448 ALICEDEV1 signed_curve25519:AAAAAAAAAA0: has another time than in Dendrite
update e2e_one_time_keys_json set ts_added_ms = ts_added_ms / 1000
where ctid = (select min(ctid) from e2e_one_time_keys_json where length(key_id) <> 6);
