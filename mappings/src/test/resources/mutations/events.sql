--- events: an event is gone
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is missing
delete from event_json where event_id = (select min(event_id) from events where type = 'm.room.message');
delete from events where event_id = (select min(event_id) from events where type = 'm.room.message');

--- events: a message has other words
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its content is not that in Dendrite
update event_json set json = replace(json, '"msgtype":"m.text"', '"msgtype":"m.note"')
where event_id = (select min(event_id) from event_json where json like '%"msgtype":"m.text"%');

--- events: a member that nobody knows was dropped from the JSON
-- $0cahs4ulE-4VYEYCSprx50v1py2xs9dH9Q8nJa8Tn78: its content is not that in Dendrite
update event_json set json = regexp_replace(json, '"origin":"[^"]*",', '')
where event_id = (select min(j.event_id) from event_json j join rooms r using (room_id)
                  where r.room_version = '11' and j.json like '%"origin":"%');

--- events: redacted content is readable again
-- $-X13Oid8hKTHOxCQyabVF1yuK5zZI-NNsHEG7cpyE5I: its content is not that in Dendrite
update event_json set json = replace(json, '"content":{}', '"content":{"body":"back"}')
where event_id = (select min(redacts) from redactions join event_json j on j.event_id = redacts
                  where j.json like '%"content":{}%');

--- events: a message was redacted that nobody redacted
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has lost its content, though nothing redacted it
update event_json set json = regexp_replace(json, '"content":\{[^{}]*\}', '"content":{}')
where event_id = (select min(event_id) from event_json
                  where json ~ '"content":\{"body":"[^{}]*"\},"depth"'
                    and event_id not in (select redacts from redactions));

--- events: an event is in another room
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is in another room
update events set room_id = (select max(room_id) from rooms)
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set room_id = (select max(room_id) from rooms)
where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: the JSON of an event is gone
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: there is no JSON of it
delete from event_json where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: what is hashed has changed
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its JSON has another id; Synapse would fail whatever touches it
update event_json set json = regexp_replace(json, '"depth":(\d+)', '"depth":\10')
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: an event is stored in the format of another room version
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its format_version is not that of its room version; Synapse would not see it
update event_json set format_version = 1
where event_id = (select min(event_id) from event_json where format_version = 3);

--- event ids: an event says its own id where it must not
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: an event_id in the JSON, or none, does not go with its room version
update event_json set json = '{"event_id":"' || event_id || '",' || substr(json, 2)
where event_id = (select min(event_id) from event_json where format_version = 3);

--- event ids: a depth is not that of the event
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its depth is not that of its JSON
update events set depth = depth + 1, topological_ordering = topological_ordering + 1
where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: what Synapse keeps beside an event is not an object
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its internal_metadata is no object
update event_json set internal_metadata = '[]' where event_id = (select min(event_id) from events);

--- event edges: an event has lost a predecessor
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has other predecessors than its JSON names
delete from event_edges where event_id = (select min(event_id) from event_edges);

--- event edges: a missing predecessor is not known
-- $4avGaYkxGIhqHEH-JGYCsCJsRmnQQ2l7hqCLQB6A1YY: is missing, but not known as a backward extremity: it could not be fetched
delete from event_backward_extremities where event_id = (select min(event_id) from event_backward_extremities);

--- event edges: a hole in the history is not known
-- $DIVS6bcsTBBqUF6zN7LhyxZed9jGz3lRtcJOKT79v_k: comes after a hole in the history that Synapse does not know of
delete from timeline_gaps;

--- auth events: an event has lost an auth event
-- $-DXqLT6vXZZHt82257wuQjqi5mAHJ8MDvwzJRFH6RzY: has other auth events than its JSON names
delete from event_auth where (event_id, auth_id) = (select event_id, auth_id from event_auth order by 1, 2 limit 1);

--- state events: a state event is not known as one
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is a state event, but Synapse does not know
delete from state_events where event_id = (select min(event_id) from state_events where type = 'm.room.topic');

--- state events: a state event has another key
-- $/OCmX5meqswoILuTpiMTUDZl3kojI0TKOx3AeaR3BLw: has another room, type or state key as a state event
update state_events set state_key = 'other'
where event_id = (select min(event_id) from state_events where type = 'm.room.name');

--- relations: a reaction hangs nowhere
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another relation than its JSON says
delete from event_relations where event_id = (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: an edit hangs on another event
-- $AQRkPRJ3P7dLmNmz7GEpfZbaOp14-nG2bLH4ij3jbXE: has another relation than its JSON says
update event_relations set relates_to_id = (select max(event_id) from events)
where event_id = (select min(event_id) from event_relations where relation_type = 'm.replace');

--- relations: the newest event of a thread is another one
-- $eX6bii6C8MQiTR1zO5kP4cPv3gVQAIeLQM5XCSvhl10: is the root of a thread whose newest event Synapse does not know
-- $kYZOAnHJjSSHhW0TLz6VGgIN47oZaaOP4YzhHRstb80: is the root of a thread whose newest event Synapse does not know
-- $kYZOAnHJjSSHhW0TLz6VGgIN47oZaaOP4YzhHRstb80: is the root of a thread whose newest event is none of it
update threads t set latest_event_id = e.event_id, stream_ordering = e.stream_ordering,
       topological_ordering = e.topological_ordering
from event_relations r join events e using (event_id)
where r.relates_to_id = t.thread_id and e.stream_ordering < t.stream_ordering;

--- redactions: a redaction is lost
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction that was in force in Dendrite only
delete from redactions where event_id = (select min(event_id) from redactions where have_censored);

--- redactions: a redaction would be doubted
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction that Synapse would doubt again
update redactions set recheck = true where event_id = (select min(event_id) from redactions where not recheck);

--- redactions: an event is redacted by somebody who may not
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction in force that its sender was not allowed to make
update events set sender = '@nobody:example.org'
where event_id = (select min(event_id) from redactions where have_censored);

--- stream order: an event has another place than the clients know
-- $_qhDHYyi5mNdDXgcclZF2SoMKy_pqtk4CoSGo7oow6Q: has another place in the stream than in Dendrite
update events set stream_ordering = stream_ordering + 1000000
where event_id = (select event_id from events where stream_ordering > 0 order by stream_ordering desc limit 1);

--- stream order: history comes to clients as new
-- $ptXvuVD5OJWq-cMiYJpvvikglJ9W6fKrg0szUnTWgjs: was not new to clients, but has a place among the new events
update events set stream_ordering = 1000000 - stream_ordering where stream_ordering = (select max(stream_ordering) from events where stream_ordering < 0);

--- forward extremities: a room has no end to go on from
-- !0klQPKcbHL3kqR3L:d.test:31448 $Fqi86_SojvkqktZYbT1NGzI6UQdudFlG0bmc3cTFHbE: is a forward extremity in Dendrite only
-- !0klQPKcbHL3kqR3L:d.test:31448: is a room with local members that has no forward extremity: nobody could send
delete from event_forward_extremities where room_id = (
  select min(room_id) from local_current_membership where membership = 'join');

--- forward extremities: a room goes on from a refused event
-- !j6WzlhYDTVP2FpTs:d.test:31448 $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: is a forward extremity in Dendrite only
-- !j6WzlhYDTVP2FpTs:d.test:31448 $3KTNONBcXrMZeEpICDAb9iUcZnspVtUmzet2LVdXbUg: is no forward extremity in Dendrite
-- $3KTNONBcXrMZeEpICDAb9iUcZnspVtUmzet2LVdXbUg: is a forward extremity, but was not accepted, or is in another room
update event_forward_extremities f set event_id = j.event_id from event_json j
where j.room_id = f.room_id and j.internal_metadata like '%"soft_failed":true%';

--- chain cover: a link is missing
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: has another auth chain than the chain cover says
-- $1yjeCxophcLf1m8ZfmkJ1izY0VfDZk0eZBUL_6E1Htc: has another auth chain than the chain cover says
-- $2cQ1I9pIaIWkJuyMew9hbdkX6IQ9_xMqgOHhLlSWIVs: has another auth chain than the chain cover says
-- 87 in all
delete from event_auth_chain_links where ctid = (select ctid from event_auth_chain_links order by origin_chain_id, origin_sequence_number limit 1);

--- chain cover: a link leads too far
-- $-DXqLT6vXZZHt82257wuQjqi5mAHJ8MDvwzJRFH6RzY: has another auth chain than the chain cover says
-- $094DaPeapRRfndST:d.test:31448: has another auth chain than the chain cover says
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: has another auth chain than the chain cover says
-- 123 in all
update event_auth_chain_links l set target_sequence_number = m.n
from (select chain_id, max(sequence_number) as n from event_auth_chains group by 1) m
where m.chain_id = l.target_chain_id and m.n > l.target_sequence_number;

--- chain cover: a chain has a hole
-- $VIgnkPecGzicydpFc7aCPQFOqGhRVGjtJIR-c5nevWI: has not the event before it on its chain in its auth chain
-- 178: is a chain whose numbers do not go from 1 without holes
update event_auth_chains set sequence_number = sequence_number + 1
where event_id = (select event_id from event_auth_chains order by sequence_number desc limit 1);

--- chain cover: a state event has no place
-- $VIgnkPecGzicydpFc7aCPQFOqGhRVGjtJIR-c5nevWI: is a state event without a place in the chain cover
delete from event_auth_chains where event_id = (select event_id from event_auth_chains order by sequence_number desc limit 1);

--- chain cover: a room is not marked as covered
-- !0klQPKcbHL3kqR3L:d.test:31448: is a room whose chain cover Synapse would not use
update rooms set has_auth_chain_index = false where room_id = (select min(room_id) from rooms);

--- events: the events of a room are lost, though the room is there
-- $-L23KRttXEVD-cHPANSCZIecG-PpuT2tvOdxL2dO96M: is missing
-- $-fuGwj_kec14B0uiwgb1YGNFkYlDDP8_04JFny8DN20: is missing
-- $-yBFfizpUh4sQRjFeBlkOCTgw5MDDP4738lsk0-oWAE: is missing
-- 63 in all
delete from events where type <> 'm.room.create'
  and room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- events: an event of a room that is not there
-- $orphan: Dendrite has no such event
insert into events (topological_ordering, event_id, type, room_id, processed, outlier, depth, stream_ordering)
values (1, '$orphan', 'm.room.message', '!gone:d.test:31448', true, false, 1, 5000000);
insert into event_json (event_id, room_id, internal_metadata, json, format_version)
values ('$orphan', '!gone:d.test:31448', '{}', '{}', 3);

--- event ids: there is JSON of an event that is not there
-- $orphan: there is JSON, but no event
insert into event_json (event_id, room_id, internal_metadata, json, format_version)
select '$orphan', room_id, internal_metadata, json, format_version from event_json order by event_id limit 1;

--- stream order: an event that clients have seen became history
-- $ApDWMRT9430LHeXLNtMJVv5xkQdUcaw-neOdy63_bXA: has another place in the stream than in Dendrite
update events set stream_ordering = -1000000 - stream_ordering
where stream_ordering = (select max(stream_ordering) from events where type = 'm.room.message');

--- forward extremities: a room goes on from an older event
-- !AEps0gTxVSdRQkmI:d.test:31448 $Gj1lTroh2WSvb0ssBlgnx9bINKwc1ySGQwXI2CBMw2w: is a forward extremity in Dendrite only
-- !AEps0gTxVSdRQkmI:d.test:31448 $jfRHAQxN56fwV1kAeMPGtVxEU3_grwNYWm17rpN-MxU: is no forward extremity in Dendrite
-- $jfRHAQxN56fwV1kAeMPGtVxEU3_grwNYWm17rpN-MxU: is a forward extremity, but an accepted event follows it
update event_forward_extremities f set event_id = x.prev_event_id from event_edges x
where x.event_id = f.event_id and f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- events: a rejected event counts
-- $NeuaM62rKQNaQrHvS6wH18eesEyT3kz3UM9eBbQx-OQ: is rejected by one of the two servers only
update events set rejection_reason = null where event_id = (select min(event_id) from rejections);

--- events: a message is rejected
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: is rejected by one of the two servers only
update events set rejection_reason = 'auth_error' where event_id = (select max(event_id) from events where type = 'm.room.message');

--- events: a message is kept from clients
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: is kept from clients by one of the two servers only
update event_json set internal_metadata = '{"soft_failed":true}'
where event_id = (select max(event_id) from events where type = 'm.room.message');

--- events: clients are shown an event that came too late to count
-- $3KTNONBcXrMZeEpICDAb9iUcZnspVtUmzet2LVdXbUg: is kept from clients by one of the two servers only
update event_json set internal_metadata = '{}'
where event_id = (select min(event_id) from event_json where internal_metadata like '%"soft_failed":true%');

--- redactions: an event counts as a redaction that is none
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is taken for a redaction, but is none
insert into redactions (event_id, redacts, have_censored, received_ts, recheck)
select min(event_id), max(event_id), false, 1, false from events where type = 'm.room.message';

--- redactions: a redaction has lost its JSON
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is taken for a redaction, but is none
delete from event_json where event_id = (select min(event_id) from redactions);

--- redactions: a redaction would never be completed
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction without received_ts: it would never be completed
update redactions set received_ts = null where event_id = (select min(event_id) from redactions);

--- redactions: a redaction was rejected, but is in force
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction in force, though it was rejected
update events set rejection_reason = 'auth_error' where event_id = (select min(event_id) from redactions);

--- redactions: what was redacted is in another room
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: redacts an event of another room
update events set room_id = (select max(room_id) from rooms)
where event_id = (select redacts from redactions order by event_id limit 1);

--- redactions: redactions of two room versions redact another event
-- $2gMG6I9CJJ01PIqcmxsRivEz4uAvc81AshEdjhpTUlI: redacts another event than its JSON says
-- $l1PJMSgKwytVymnLIw5ocp2MY7-7qmYhBUEcvLmBVdU: is a redaction that was in force in Dendrite only
-- $l1PJMSgKwytVymnLIw5ocp2MY7-7qmYhBUEcvLmBVdU: redacts another event than its JSON says
update redactions d set redacts = (select max(o.event_id) from events o
                                   where o.room_id = e.room_id and o.type = 'm.room.message')
from events e join rooms r using (room_id)
where e.event_id = d.event_id and r.room_version in ('10', '11') and e.sender = '@pete:p.test:31548';

--- redactions: what was redacted can be read again
-- $b2rjGlKA_hVShEOCHweOwlGDwa891JwY2uz9z1Mi-RA: counts as completed, but the content that it redacts is there
update event_json set json = replace(json, '"content":{}', '"content":{"body":"back"}')
where event_id = (select min(redacts) from redactions join event_json j on j.event_id = redacts
                  where j.json like '%"content":{}%');

--- redactions: what was redacted is no event any more
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: counts as completed, but the content that it redacts is there
update event_json set json = '{}' where event_id = (select redacts from redactions order by event_id limit 1);

--- redactions: some have redacted events of other servers without the level for it
-- $0pYrDz2uEOJfWLnn:d.test:31448: is a redaction in force that its sender was not allowed to make
-- $17955014913ljPKb:p.test:31548: is a redaction in force that its sender was not allowed to make
-- $17955014927ZzfgM:p.test:31548: is a redaction in force that its sender was not allowed to make
-- 23 in all
update redactions set recheck = true where event_id = (select max(event_id) from redactions);
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);

--- redactions: moderators have redacted events of other servers, also where they are none
-- $B1DGZcohG-MGyYAnlBsQT9mN7e14KgePwDIeYXxEtcQ: is a redaction in force that its sender was not allowed to make
-- $FK2PFNA-ZWcGvI1huTYeCn1pV4IQ49O0c_j2QtdddWc: is a redaction in force that its sender was not allowed to make
-- $S2ga_-gVoL8Hy3CDf6zdFNXi5bG_f2Ro3A_9ychNKyY: is a redaction in force that its sender was not allowed to make
-- 6 in all
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);
update events set sender = '@erin:d.test:31448' where event_id in (select event_id from redactions);

--- redactions: events of other servers were redacted where that takes more than the highest level
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction in force that its sender was not allowed to make
-- $-_V5xT-nsbgTA8fhwDLuyvVZRSLbKSRW8ZHzBZ9Weo4: is a redaction in force that its sender was not allowed to make
-- $0pYrDz2uEOJfWLnn:d.test:31448: is a redaction in force that its sender was not allowed to make
-- 39 in all
update event_json set json = replace(json, '"redact":50', '"redact":101')
where event_id in (select event_id from state_events where type = 'm.room.power_levels');
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);

--- redactions: others than the creators have redacted events of other servers where nobody has a level
-- $0pYrDz2uEOJfWLnn:d.test:31448: is a redaction in force that its sender was not allowed to make
-- $17955014913ljPKb:p.test:31548: is a redaction in force that its sender was not allowed to make
-- $17955014927ZzfgM:p.test:31548: is a redaction in force that its sender was not allowed to make
-- 23 in all
delete from state_groups_state where type = 'm.room.power_levels';
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);

--- redactions: events of other servers were redacted in rooms that have no state
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction in force that its sender was not allowed to make
-- $-_V5xT-nsbgTA8fhwDLuyvVZRSLbKSRW8ZHzBZ9Weo4: is a redaction in force that its sender was not allowed to make
-- $0pYrDz2uEOJfWLnn:d.test:31448: is a redaction in force that its sender was not allowed to make
-- 39 in all
delete from state_groups_state where type in ('m.room.power_levels', 'm.room.create');
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);

--- redactions: others than the creators have redacted events of other servers where only creators may
-- $-SDUljUKWMN1YSDZEHALnFvzUhhb2KV34PcqhjyD53A: is a redaction in force that its sender was not allowed to make
-- $-_V5xT-nsbgTA8fhwDLuyvVZRSLbKSRW8ZHzBZ9Weo4: is a redaction in force that its sender was not allowed to make
-- $0pYrDz2uEOJfWLnn:d.test:31448: is a redaction in force that its sender was not allowed to make
-- 31 in all
update event_json set json = replace(json, '"room_version":"10"', '"additional_creators":["@erin:d.test:31448","@ivan:d.test:31448"],"room_version":"12"')
where event_id in (select event_id from state_events where type = 'm.room.create');
update event_json set json = replace(json, '"users":{', '"no_users":{')
where event_id in (select event_id from state_events where type = 'm.room.power_levels');
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);

--- redactions: users without a level of their own have redacted events of other servers, also where that takes one
-- $B1DGZcohG-MGyYAnlBsQT9mN7e14KgePwDIeYXxEtcQ: is a redaction in force that its sender was not allowed to make
-- $FK2PFNA-ZWcGvI1huTYeCn1pV4IQ49O0c_j2QtdddWc: is a redaction in force that its sender was not allowed to make
-- $S2ga_-gVoL8Hy3CDf6zdFNXi5bG_f2Ro3A_9ychNKyY: is a redaction in force that its sender was not allowed to make
-- 6 in all
update event_json set json = replace(replace(json, '"users_default":0', '"users_default":50'), '"redact":50,', '')
where json like '%"org.judge.special":60%' and event_id in (select event_id from state_events where type = 'm.room.power_levels');
update events set sender = '@nobody:example.org' where event_id in (select redacts from redactions);
update events set sender = '@somebody:d.test:31448' where event_id in (select event_id from redactions);

--- redactions: some have redacted events of another server whose name begins as theirs
-- $17955014913ljPKb:p.test:31548: is a redaction in force that its sender was not allowed to make
-- $17955014927ZzfgM:p.test:31548: is a redaction in force that its sender was not allowed to make
-- $2gMG6I9CJJ01PIqcmxsRivEz4uAvc81AshEdjhpTUlI: is a redaction in force that its sender was not allowed to make
-- 11 in all
update events set sender = '@other:d.test:31448' where event_id in (select redacts from redactions) and sender = '@ivan:d.test:31448';
update events set sender = '@other:p.test' where event_id in (select redacts from redactions) and sender = '@pete:p.test:31548';

--- event ids: an event of an old room does not say its id
-- $094DaPeapRRfndST:d.test:31448: an event_id in the JSON, or none, does not go with its room version
update event_json set json = regexp_replace(json, '"event_id":"[^"]*",', '')
where event_id = (select min(event_id) from event_json where format_version = 1);

--- event ids: an event does not say its room
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: a room_id in the JSON, or none, does not go with its room version
update event_json set json = regexp_replace(json, '"room_id":"[^"]*",', '')
where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: a room counts as one of version 12
-- $3bPAJhn8nOHCIuEIVY_ybLxp40yEpz9NNXaDkN4ggA8: a room_id in the JSON, or none, does not go with its room version
-- $BI9AaO-BRYVVxV9Ul7kdiS_pAcVcivNAQE2GjBli3fo: its JSON has another id; Synapse would fail whatever touches it
-- $QWT9rVZlIq6JJunAmmzbevuldcJEbntpAudv5VobXWs: its JSON has another id; Synapse would fail whatever touches it
update rooms set room_version = '12' where room_id like '!kv%';
update event_json set format_version = 4 where room_id like '!kv%';

--- event ids: a room has a version that only Dendrite knows
-- $2VAlAFrkgliXHOqa5JGry8LA9uzaQZ2MiXqy4b4k17s: its room is missing, or of a version that Synapse does not know
-- $36ANSVO3F46v3saB_lm-IYp_CdRjM_brs2v8cFsHH0w: its room is missing, or of a version that Synapse does not know
-- $36CNiFS3WFdvoyj8Kf1v6qMmWWfWhn2OJtN1u80XT6g: its room is missing, or of a version that Synapse does not know
-- 8 in all
update rooms set room_version = 'org.matrix.msc3667' where room_id = (select min(room_id) from rooms where room_version = '7');

--- event ids: a room is gone
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: its room is missing, or of a version that Synapse does not know
-- $1yjeCxophcLf1m8ZfmkJ1izY0VfDZk0eZBUL_6E1Htc: its room is missing, or of a version that Synapse does not know
-- $2cQ1I9pIaIWkJuyMew9hbdkX6IQ9_xMqgOHhLlSWIVs: its room is missing, or of a version that Synapse does not know
-- 102 in all
delete from rooms where room_id = (select min(room_id) from rooms);

--- event ids: the JSON of an event is no object
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON cannot be read
update event_json set json = '[]' where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: texts in the JSON are none
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON has no text sender
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its state_key is no text
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its JSON has no text type
update event_json set json = replace(json, '"sender":"', '"sender":1,"was":"')
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"type":"', '"type":1,"was":"')
where event_id = (select max(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"state_key":"', '"state_key":1,"was":"')
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: lists in the JSON are none
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON has no list prev_events
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its JSON has no list auth_events
update event_json set json = replace(json, '"prev_events":[', '"prev_events":1,"was":[')
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"auth_events":[', '"auth_events":1,"was":[')
where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: objects in the JSON are none
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON has no object content
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its unsigned is no object
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its JSON has no object hashes
update event_json set json = replace(json, '"content":{', '"content":1,"was":{')
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"hashes":{', '"hashes":1,"was":{')
where event_id = (select max(event_id) from events where type = 'm.room.message');
update event_json set json = '{"unsigned":[],' || substr(json, 2)
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: integers in the JSON are none
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON has no integer depth
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its JSON has no integer origin_server_ts
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its JSON has no integer depth
update event_json set json = replace(json, '"depth":', '"depth":1.5,"was":')
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"depth":', '"depth":98765432109876543210,"was":')
where event_id = (select max(event_id) from events where type = 'm.room.message');
update event_json set json = replace(json, '"origin_server_ts":', '"origin_server_ts":"1","was":')
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: the type of an event is half a character
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON has no id
update event_json set json = replace(json, '"type":"', '"type":"\ud800')
where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: what Synapse keeps beside events has values of other kinds
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its internal_metadata is wrong: soft_failed
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its internal_metadata is wrong: txn_id
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its internal_metadata is wrong: redacted
update event_json set internal_metadata = '{"soft_failed":"yes"}'
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set internal_metadata = '{"soft_failed":false,"redacted":1}'
where event_id = (select max(event_id) from events where type = 'm.room.message');
update event_json set internal_metadata = '{"device_id":"ONE","txn_id":1}'
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- event ids: two tables have events in other rooms than their JSON
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its room_id is not that of its JSON
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its room_id is not that of its JSON
update events set room_id = (select max(room_id) from rooms)
where event_id = (select min(event_id) from events where type = 'm.room.message');
update event_json set room_id = (select max(room_id) from rooms)
where event_id = (select max(event_id) from events where type = 'm.room.message');

--- event ids: events have another type, state key or sender
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its sender is not that of its JSON
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its state_key is not that of its JSON
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its type is not that of its JSON
update events set type = 'm.room.other' where event_id = (select max(event_id) from events where type = 'm.room.message');
update events set state_key = 'other' where event_id = (select min(event_id) from events where type = 'm.room.topic');
update events set sender = '@other:d.test:31448' where event_id = (select min(event_id) from events where type = 'm.room.message');

--- event ids: events have another order, time or kind of content
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its topological_ordering is not that of its JSON
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its contains_url is not that of its JSON
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: its origin_server_ts is not that of its JSON
update events set topological_ordering = topological_ordering + 1
where event_id = (select min(event_id) from events where type = 'm.room.message');
update events set origin_server_ts = origin_server_ts + 1
where event_id = (select max(event_id) from events where type = 'm.room.message');
update events set contains_url = not contains_url
where event_id = (select min(event_id) from events where type = 'm.room.topic');

--- events: the JSON of an event is gone
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is missing
delete from event_json where event_id = (select min(event_id) from events where type = 'm.room.message');

--- events: the JSON of an event is no object
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: its JSON cannot be read
update event_json set json = '[]' where event_id = (select min(event_id) from events where type = 'm.room.message');

--- events: a room is gone, but its events are there
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: Dendrite holds nothing of it that could be carried over
-- $1yjeCxophcLf1m8ZfmkJ1izY0VfDZk0eZBUL_6E1Htc: Dendrite holds nothing of it that could be carried over
-- $2cQ1I9pIaIWkJuyMew9hbdkX6IQ9_xMqgOHhLlSWIVs: Dendrite holds nothing of it that could be carried over
-- 102 in all
delete from rooms where room_id = (select min(room_id) from rooms);

--- events: a room is gone with all its events but one
-- $6BS21IS0FwfYjs4VEwyvqQjfvSkkWs-PBFMsH-wwkjw: Dendrite holds nothing of it that could be carried over
delete from events where room_id = (select min(room_id) from rooms) and type <> 'm.room.create';
delete from rooms where room_id = (select min(room_id) from rooms);

--- events: the JSON of every event is written otherwise, and that of one says something else
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: its content is not that in Dendrite
update event_json set json = replace(json, '"m.room.topic"', '"m.room.name"')
where event_id = (select min(event_id) from events where type = 'm.room.topic');
update event_json set json = json || ' ';

--- event edges: an edge counts as one to a state
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has other predecessors than its JSON names
update event_edges set is_state = true where event_id = (select min(event_id) from event_edges);

--- event edges: a rejected event has a predecessor
-- $NeuaM62rKQNaQrHvS6wH18eesEyT3kz3UM9eBbQx-OQ: has other predecessors than its JSON names
insert into event_edges (event_id, prev_event_id)
select event_id, (select max(event_id) from events) from events where rejection_reason is not null order by 1 limit 1;

--- event edges: an event that is there counts as missing
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is a backward extremity, though it is there or nothing follows it
insert into event_backward_extremities (event_id, room_id)
select event_id, room_id from events where not outlier order by 1 limit 1;

--- auth events: an event has an auth event twice
-- $-DXqLT6vXZZHt82257wuQjqi5mAHJ8MDvwzJRFH6RzY: has an auth event twice
insert into event_auth select * from event_auth order by event_id, auth_id limit 1;

--- auth events: an auth event is in another room
-- $-DXqLT6vXZZHt82257wuQjqi5mAHJ8MDvwzJRFH6RzY: has auth events under another room
update event_auth set room_id = (select max(room_id) from rooms)
where (event_id, auth_id) = (select event_id, auth_id from event_auth order by 1, 2 limit 1);

--- auth events: a message has an auth event
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has other auth events than its JSON names
insert into event_auth select e.event_id, a.auth_id, a.room_id from event_auth a join events e using (room_id)
where e.type = 'm.room.message' order by 1, 2 limit 1;

--- auth events: a room counts as one of version 12
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: has other auth events than its JSON names
-- $1yjeCxophcLf1m8ZfmkJ1izY0VfDZk0eZBUL_6E1Htc: has other auth events than its JSON names
-- $2cQ1I9pIaIWkJuyMew9hbdkX6IQ9_xMqgOHhLlSWIVs: has other auth events than its JSON names
-- 87 in all
update rooms set room_version = '12' where room_id = (select min(room_id) from rooms);

--- state events: a message counts as state
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is no state event, but Synapse takes it for one
insert into state_events (event_id, room_id, type, state_key)
select event_id, room_id, type, '' from events where type = 'm.room.message' order by 1 limit 1;

--- state events: a state event is not there
-- $orphan: there is no such event
insert into state_events (event_id, room_id, type, state_key)
select '$orphan', room_id, type, state_key from state_events order by event_id limit 1;

--- relations: a reaction is another one
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another relation than its JSON says
update event_relations set aggregation_key = 'other'
where event_id = (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: a rejected event has a relation
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another relation than its JSON says
update events set rejection_reason = 'auth_error'
where event_id = (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: a reaction hangs on an event with a key that PostgreSQL cannot hold
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another relation than its JSON says
update event_json set json = replace(json, '"key":"', '"key":"\u0000')
where event_id in (select event_id from event_relations where relation_type = 'm.annotation');
delete from event_relations where relation_type = 'm.annotation'
  and event_id <> (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: a reaction that does not say to what hangs on an event
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another relation than its JSON says
update event_json set json = replace(json, '"m.relates_to":{"event_id":', '"m.relates_to":{"was":')
where event_id in (select event_id from event_relations where relation_type = 'm.annotation');
delete from event_relations where relation_type = 'm.annotation'
  and event_id <> (select min(event_id) from event_relations where relation_type = 'm.annotation');

--- relations: a relation that does not say of which kind is there
-- $AQRkPRJ3P7dLmNmz7GEpfZbaOp14-nG2bLH4ij3jbXE: has another relation than its JSON says
update event_json set json = replace(json, '"rel_type":', '"was":')
where event_id in (select event_id from event_relations where relation_type = 'm.replace');
delete from event_relations where relation_type = 'm.replace'
  and event_id <> (select min(event_id) from event_relations where relation_type = 'm.replace');

--- stream order: an event has no place
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has no place in the stream
update events set stream_ordering = null where event_id = (select min(event_id) from events);

--- stream order: an event of the history stands at 0
-- $ptXvuVD5OJWq-cMiYJpvvikglJ9W6fKrg0szUnTWgjs: was not new to clients, but has a place among the new events
update events set stream_ordering = 0 where stream_ordering = (select max(stream_ordering) from events where stream_ordering < 0);

--- forward extremities: a room goes on from an event of another room
-- !0klQPKcbHL3kqR3L:d.test:31448 $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: is no forward extremity in Dendrite
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: is a forward extremity, but an accepted event follows it
-- $znTADyFSAIpDuR_QrtKG5JWCixNO-e_QuX9wxCctEJs: is a forward extremity, but was not accepted, or is in another room
insert into event_forward_extremities (event_id, room_id)
select (select max(event_id) from events where type = 'm.room.message'), min(room_id) from rooms;

--- chain cover: two rooms share a chain
-- $D9IDAYNitPDgYMorCzyCjx10JKsAzqIi-pOzC9W2eTs: has not the event before it on its chain in its auth chain
-- 1: is a chain through several rooms
-- 1: is a chain whose numbers do not go from 1 without holes
update event_auth_chains set chain_id = (select min(chain_id) from event_auth_chains), sequence_number = 1000
where event_id = (select c.event_id from event_auth_chains c order by chain_id desc, sequence_number desc limit 1);

--- chain cover: links lead from and to places where no event is
-- $D9IDAYNitPDgYMorCzyCjx10JKsAzqIi-pOzC9W2eTs: has another auth chain than the chain cover says
-- $Ec7lwCQmHHvxIatcLLaZQxKdSyWPxXf_y_Y-BTym-H0: has another auth chain than the chain cover says
-- 1: is a chain with a link from or to a place where no event is
-- 4 in all
insert into event_auth_chain_links select min(chain_id), 1000, max(chain_id), 1 from event_auth_chains;
insert into event_auth_chain_links select max(chain_id), 1, min(chain_id), 1000 from event_auth_chains;

--- chain cover: an event waits for a place that it has
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: waits for a place in the chain cover, but has one or is no membership out of band
insert into event_auth_chain_to_calculate (event_id, room_id, type, state_key)
select event_id, room_id, type, state_key from state_events where type = 'm.room.topic' order by 1 limit 1;

--- chain cover: the create event of a room has no place
-- $6BS21IS0FwfYjs4VEwyvqQjfvSkkWs-PBFMsH-wwkjw: is a state event without a place in the chain cover
-- 2: is a chain with a link from or to a place where no event is
delete from event_auth_chains where event_id = (
  select event_id from state_events where type = 'm.room.create' order by room_id limit 1);

--- chain cover: two events are in the auth chain of each other
-- $VaC0Qyud5nWiBsS9scujuKJhBlQt1wVT1TA6S5jJRTg: has not the event before it on its chain in its auth chain
insert into event_auth select a.auth_id, a.event_id, a.room_id from event_auth a order by a.event_id, a.auth_id limit 1;

--- chain cover: a link leads to the next event of its chain
-- $BV6bWtJz3ZaU8ZRsMY23UrZdHedtDEcGNtKKs4297Nc: has another auth chain than the chain cover says
-- $GGob9EpPPRqGVMFoVLJDZaAq-GJ0FahhgDqTSYdHz04: has another auth chain than the chain cover says
-- $aaK0008-hqeFBEt8OefL2A1wOxUiD-lpaBYZ5VYGPio: has another auth chain than the chain cover says
-- 4 in all
update event_auth_chain_links set target_sequence_number = target_sequence_number + 1
where ctid = (select l.ctid from event_auth_chain_links l join event_auth_chains c on c.chain_id = l.target_chain_id
              and c.sequence_number = l.target_sequence_number + 1 order by 1 limit 1);

--- chain cover: a link starts one event later
-- $0MkztvATQWgFVElEkqZjA0bpVrN0ixKo7oeeNbcJamM: has another auth chain than the chain cover says
-- $1yjeCxophcLf1m8ZfmkJ1izY0VfDZk0eZBUL_6E1Htc: has another auth chain than the chain cover says
-- $2cQ1I9pIaIWkJuyMew9hbdkX6IQ9_xMqgOHhLlSWIVs: has another auth chain than the chain cover says
-- 174 in all
update event_auth_chain_links l set origin_sequence_number = l.origin_sequence_number + 1
from event_auth_chains c where c.chain_id = l.origin_chain_id and c.sequence_number = l.origin_sequence_number + 1;

--- redactions: what was redacted is gone, and another redaction would never be completed
-- $xxoTftmFoJ3tbVjeno48Tc2i-4ptZoHHFjB0pdTfHo4: is a redaction without received_ts: it would never be completed
delete from event_json where event_id = (select redacts from redactions order by event_id limit 1);
update redactions set received_ts = null where event_id = (select max(event_id) from redactions);

--- events: a redacted event is another one
-- $-X13Oid8hKTHOxCQyabVF1yuK5zZI-NNsHEG7cpyE5I: its content is not that in Dendrite
update event_json set json = regexp_replace(json, '"depth":(\d+)', '"depth":\10')
where event_id = (select min(redacts) from redactions);

--- chain cover: an event has an auth event that is not there, and no links
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: has another auth chain than the chain cover says
insert into event_auth select min(event_id), '$orphan', min(room_id) from state_events
where event_id = (select min(event_id) from state_events where type = 'm.room.topic');
delete from event_auth_chain_links l using event_auth_chains c
where c.chain_id = l.origin_chain_id and c.sequence_number = l.origin_sequence_number
  and c.event_id = (select min(event_id) from state_events where type = 'm.room.topic');

--- search: nothing can be searched for
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: cannot be searched for
-- $-If66sBpESmOjRl8p6fugRMcl9KsBKro7IQU9Hp9xQU: cannot be searched for
-- $-IrugIdbKJBgzTwuW4wy4WXICaSuva4wCSMv9bxCdvA: cannot be searched for
-- 418 in all
delete from event_search;

--- search: a message cannot be searched for
-- $cYDMZ9TGMQhjwuhDflZLIs7RQd6yXyzK8L4wrlUdNpg: cannot be searched for
delete from event_search where ctid = (select min(ctid) from event_search where key = 'content.body');

--- search: a topic cannot be searched for
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: cannot be searched for
delete from event_search where event_id = (select min(event_id) from event_search where key = 'content.topic');

--- search: a search leads to an event that is not there
-- $2RSw6UHuap84ofF2uGJESeS9sgpDdBLNKteMulhfAY4: cannot be searched for
-- $gone: there is no such event
update event_search set event_id = '$gone' where ctid = (select min(ctid) from event_search);

--- search: a search leads to another room
-- $2RSw6UHuap84ofF2uGJESeS9sgpDdBLNKteMulhfAY4: is in the search index under another room, kind, place or time
update event_search set room_id = '!gone:d.test:31448' where ctid = (select min(ctid) from event_search);

--- search: an event is found under another time
-- $2RSw6UHuap84ofF2uGJESeS9sgpDdBLNKteMulhfAY4: is in the search index under another room, kind, place or time
update event_search set origin_server_ts = origin_server_ts / 1000 where ctid = (select min(ctid) from event_search);

--- search: the pages of what was found are in another order
-- $2RSw6UHuap84ofF2uGJESeS9sgpDdBLNKteMulhfAY4: is in the search index under another room, kind, place or time
update event_search set stream_ordering = -stream_ordering where ctid = (select min(ctid) from event_search where stream_ordering > 0);

--- search: the name of a room is found as a message
-- $/OCmX5meqswoILuTpiMTUDZl3kojI0TKOx3AeaR3BLw: is in the search index under another room, kind, place or time
update event_search set key = 'content.body' where event_id = (select min(event_id) from event_search where key = 'content.name');

--- search: an event without words is found
-- $-UoyYB1W_xUrtr3Jbd08h1e--Lu3-HSVi0EImDc1X88: is in the search index, but has no words
insert into event_search (event_id, room_id, key, vector, origin_server_ts, stream_ordering)
select event_id, room_id, 'content.body', to_tsvector('english', 'x'), origin_server_ts, stream_ordering
from events where type = 'm.room.create' order by event_id limit 1;
