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
