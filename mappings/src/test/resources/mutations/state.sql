--- state at events: two events have each other's state
-- $ZGIyU8AY503ZJ4z3tjpDTk5Eg5mQxri2dhDt7UVAO9E: has another state of its room than in Dendrite
update event_to_state_groups g set state_group = o.state_group
from (select a.event_id, b.state_group
      from (select event_id, state_group, row_number() over (order by state_group) as n
            from event_to_state_groups join events using (event_id)
            where room_id = (select room_id from events group by room_id order by count(*) desc limit 1)) a
      join (select state_group, row_number() over (order by state_group desc) as n
            from event_to_state_groups join events using (event_id)
            where room_id = (select room_id from events group by room_id order by count(*) desc limit 1)) b
        on b.n = a.n and b.state_group <> a.state_group
      limit 1) o
where o.event_id = g.event_id;

--- state at events: an event has no state
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has another state of its room than in Dendrite
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: is in the timeline without a state
delete from event_to_state_groups where event_id = (select min(event_id) from event_to_state_groups);

--- state at events: an entry of a state is lost
-- $D9IDAYNitPDgYMorCzyCjx10JKsAzqIi-pOzC9W2eTs: has another state of its room than in Dendrite
delete from state_groups_state where ctid = (
  select s.ctid from state_groups_state s join event_to_state_groups using (state_group)
  where s.type = 'm.room.member' order by s.state_group desc limit 1);

--- state at events: somebody else's membership is in a state
-- $-_V5xT-nsbgTA8fhwDLuyvVZRSLbKSRW8ZHzBZ9Weo4: has another state of its room than in Dendrite
-- $2bSdMH87kw_UJsqHYNTMhMLt5hmddJr7UU_c3ertUaA: has another state of its room than in Dendrite
-- $2lHG--HATVVJrq4dRKqNRcTaaZLiFy_TuvYtXxZ8yJg: has another state of its room than in Dendrite
-- 388 in all
update state_groups_state s set event_id = o.event_id
from state_groups_state o
where s.type = 'm.room.member' and o.type = 'm.room.member' and o.room_id = s.room_id and o.state_key = s.state_key
  and o.event_id < s.event_id;

--- state groups: a state group has a later predecessor
-- 2: is a state group with a lower number than its predecessor
update state_group_edges x set prev_state_group = g.id
from state_groups p join state_groups g on g.room_id = p.room_id
where x.state_group = (select min(state_group) from state_group_edges) and p.id = x.state_group and g.id > p.id;

--- state groups: a state group has two predecessors
-- 3: is a state group with more than one predecessor
insert into state_group_edges (state_group, prev_state_group)
select x.state_group, p.id from state_group_edges x join state_groups g on g.id = x.state_group
join state_groups p on p.room_id = g.room_id and p.id < x.prev_state_group
order by 1, 2 limit 1;

--- state groups: an event has the state of another room
-- $6BS21IS0FwfYjs4VEwyvqQjfvSkkWs-PBFMsH-wwkjw: has a state group that is missing or belongs to another room
update event_to_state_groups set state_group = (select max(id) from state_groups)
where event_id = (select event_id from event_to_state_groups order by state_group limit 1);

--- state groups: an entry stands twice in a state
-- 1 m.room.create: is a state group with two entries of one type and state key
insert into state_groups_state select * from state_groups_state order by state_group limit 1;

--- current state: two events are current for one key
-- $Tlt5UOJKKlz_OZM5j_7-wB3INhdYlxPfa-41upPmXKc: is current in !AEps0gTxVSdRQkmI:d.test:31448, but not in Dendrite
drop index current_state_events_room_id_type_state_key_key;
insert into current_state_events (event_id, room_id, type, state_key, membership, event_stream_ordering)
select e.event_id, e.room_id, e.type, e.state_key, c.membership, e.stream_ordering
from current_state_events c join events e on e.room_id = c.room_id and e.type = c.type and e.state_key = c.state_key
where e.event_id <> c.event_id and c.type = 'm.room.topic' limit 1;

--- current state: an older event is current
-- $Tlt5UOJKKlz_OZM5j_7-wB3INhdYlxPfa-41upPmXKc: is current in !AEps0gTxVSdRQkmI:d.test:31448, but not in Dendrite
update current_state_events c set event_id = o.event_id, event_stream_ordering = o.stream_ordering
from events o
where c.event_id = (select c.event_id from current_state_events c
                    join events e on e.room_id = c.room_id and e.type = c.type and e.state_key = c.state_key
                    where e.event_id <> c.event_id and c.type = 'm.room.topic' limit 1)
  and o.event_id = (select e.event_id from events e where e.room_id = c.room_id and e.type = c.type
                    and e.state_key = c.state_key and e.event_id <> c.event_id limit 1);

--- current state: a member has no membership
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: is current with another membership or place in the stream than the event has
update current_state_events set membership = null
where event_id = (select min(event_id) from current_state_events where type = 'm.room.member');

--- current state: a room that everybody left has a state
-- $lZlauQwftPo64LlhuokRMHbQFgDqomByHkCjX0TTfcM: is current in !vQza3YLJe3PkOXUP:d.test:31448, but not in Dendrite
insert into current_state_events (event_id, room_id, type, state_key, event_stream_ordering)
select e.event_id, e.room_id, e.type, e.state_key, e.stream_ordering
from events e
where e.type = 'm.room.create' and not exists (select 1 from current_state_events c where c.room_id = e.room_id)
limit 1;

--- state changes: a change of the state is lost
-- !fCSydaj0tCeoH96d:d.test:31448 m.room.member at 1170: is the last change of its key, but not current
-- $_qhDHYyi5mNdDXgcclZF2SoMKy_pqtk4CoSGo7oow6Q: is current, but no change of the state says so
delete from current_state_delta_stream where ctid = (
  select ctid from current_state_delta_stream where event_id is not null order by stream_id desc limit 1);

--- state changes: a room has lost all its changes
-- !0klQPKcbHL3kqR3L:d.test:31448: has a current state, but no change leads to it
delete from current_state_delta_stream where room_id = (
  select min(room_id) from current_state_delta_stream where event_id is not null);

--- current state: a room in use has none
-- $-L23KRttXEVD-cHPANSCZIecG-PpuT2tvOdxL2dO96M: is current in Dendrite, but not in !AEps0gTxVSdRQkmI:d.test:31448
-- $-yBFfizpUh4sQRjFeBlkOCTgw5MDDP4738lsk0-oWAE: is current in Dendrite, but not in !AEps0gTxVSdRQkmI:d.test:31448
-- $2PNzImAr0Wl1TBx1lJb0uaIvixRPCnQ38iqPKAajZKA: is current in Dendrite, but not in !AEps0gTxVSdRQkmI:d.test:31448
-- 24 in all
delete from current_state_events
where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- current state: the power levels are lost
-- $-DXqLT6vXZZHt82257wuQjqi5mAHJ8MDvwzJRFH6RzY: is current in Dendrite, but not in !fCSydaj0tCeoH96d:d.test:31448
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.power_levels');

--- current state: the topic is lost
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is current in Dendrite, but not in !VSqgzCOiXCcSKLnser:p.test:31548
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.topic');

--- current state: a member is lost
-- $17955014900UphvM:p.test:31548: is current in Dendrite, but not in !Rez4xA1KuSFEPD17:d.test:31448
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and membership = 'join');

--- current state: a member of another server is lost
-- $-LH1VBORwBqGs7UimgGPrhc3DakHtyKLwOLTgxYetdw: is current in Dendrite, but not in !j6WzlhYDTVP2FpTs:d.test:31448
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and state_key like '%:p.test:31548');

--- current state: who was banned is not any more
-- $Iuq1j3qhbEBeco_8e0iWqH00JW1EmMI70exXDclux8c: is current in Dendrite, but not in !j6WzlhYDTVP2FpTs:d.test:31448
delete from current_state_events where event_id = (
  select min(event_id) from current_state_events where type = 'm.room.member' and membership = 'ban');

--- state at events: the state that a room goes on from has lost the power levels
-- $-L23KRttXEVD-cHPANSCZIecG-PpuT2tvOdxL2dO96M: has another state of its room than in Dendrite
-- $-fuGwj_kec14B0uiwgb1YGNFkYlDDP8_04JFny8DN20: has another state of its room than in Dendrite
-- $-yBFfizpUh4sQRjFeBlkOCTgw5MDDP4738lsk0-oWAE: has another state of its room than in Dendrite
-- 62 in all
delete from state_groups_state where type = 'm.room.power_levels' and state_group in (
  with recursive chain (id) as (
    select g.state_group from event_to_state_groups g join event_forward_extremities f using (event_id)
    where f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%')
    union select x.prev_state_group from state_group_edges x join chain on chain.id = x.state_group)
  select id from chain);

--- state at events: the state that a room goes on from has lost the create event
-- $-L23KRttXEVD-cHPANSCZIecG-PpuT2tvOdxL2dO96M: has another state of its room than in Dendrite
-- $-fuGwj_kec14B0uiwgb1YGNFkYlDDP8_04JFny8DN20: has another state of its room than in Dendrite
-- $-yBFfizpUh4sQRjFeBlkOCTgw5MDDP4738lsk0-oWAE: has another state of its room than in Dendrite
-- 64 in all
delete from state_groups_state where type = 'm.room.create' and state_group in (
  with recursive chain (id) as (
    select g.state_group from event_to_state_groups g join event_forward_extremities f using (event_id)
    where f.room_id = (select room_id from room_aliases where room_alias like '#pub1:%')
    union select x.prev_state_group from state_group_edges x join chain on chain.id = x.state_group)
  select id from chain);

--- state at events: a state has lost all that a block held
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has another state of its room than in Dendrite
-- $-If66sBpESmOjRl8p6fugRMcl9KsBKro7IQU9Hp9xQU: has another state of its room than in Dendrite
-- $-mRG06-SszRpdzXtBH4E9Lb1t3yAULPQwxaYNgW1yBM: has another state of its room than in Dendrite
-- 99 in all
delete from state_groups_state where state_group = (
  select state_group from state_groups_state join event_to_state_groups using (state_group)
  group by 1 order by count(*) desc, 1 limit 1);

--- state at events: a state goes on from nothing
-- $D9IDAYNitPDgYMorCzyCjx10JKsAzqIi-pOzC9W2eTs: has another state of its room than in Dendrite
delete from state_group_edges where state_group = (
  select max(x.state_group) from state_group_edges x join event_to_state_groups using (state_group));

--- state groups: a state holds an event that is not there
-- 10 $orphan: is a state group with an entry that is no state event of the room and key
update state_groups_state set event_id = '$orphan' where ctid = (
  select min(ctid) from state_groups_state where type = 'm.room.topic');

--- current state: it is not known who is joined
-- $-L23KRttXEVD-cHPANSCZIecG-PpuT2tvOdxL2dO96M: is current in !AEps0gTxVSdRQkmI:d.test:31448, but not in Dendrite
-- $-yBFfizpUh4sQRjFeBlkOCTgw5MDDP4738lsk0-oWAE: is current in !AEps0gTxVSdRQkmI:d.test:31448, but not in Dendrite
-- $2PNzImAr0Wl1TBx1lJb0uaIvixRPCnQ38iqPKAajZKA: is current in !AEps0gTxVSdRQkmI:d.test:31448, but not in Dendrite
-- 38 in all
update room_memberships set membership = 'leave'
where room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- current state: an entry has another place in the stream
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is current with another membership or place in the stream than the event has
update current_state_events set event_stream_ordering = event_stream_ordering + 1
where event_id = (select min(event_id) from current_state_events where type = 'm.room.topic');

--- current state: an entry that is no membership has one
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is current with another membership or place in the stream than the event has
update current_state_events set membership = 'join'
where event_id = (select min(event_id) from current_state_events where type = 'm.room.topic');

--- current state: an entry stands under another key
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is current in !VSqgzCOiXCcSKLnser:p.test:31548, but not in Dendrite
-- $0T-eaZ1TfOdagS9vsmLB_8EYjyAWv3v9Ec7dhJn0lBI: is current in Dendrite, but not in !VSqgzCOiXCcSKLnser:p.test:31548
update current_state_events set state_key = 'other'
where event_id = (select min(event_id) from current_state_events where type = 'm.room.topic');

--- state changes: a change does not go on from the one before it
-- !RTTvWDkbTjXaWqvK:d.test:31448 m.room.canonical_alias at 81: does not change what the change before it led to
update current_state_delta_stream set prev_event_id = '$other' where ctid = (
  select ctid from current_state_delta_stream where prev_event_id is not null order by stream_id limit 1);

--- state changes: a change is to an event of another key
-- !AEps0gTxVSdRQkmI:d.test:31448 m.room.create at 15: changes the state to an event that is none of its room and key
-- !AEps0gTxVSdRQkmI:d.test:31448 m.room.create at 15: is the last change of its key, but not current
-- $2PNzImAr0Wl1TBx1lJb0uaIvixRPCnQ38iqPKAajZKA: is current, but no change of the state says so
update current_state_delta_stream d set event_id = c.event_id from current_state_events c
where c.room_id = d.room_id and c.type = 'm.room.name' and d.type = 'm.room.create'
  and d.room_id = (select room_id from room_aliases where room_alias like '#pub1:%');

--- state changes: a change stands where no event is
-- !fCSydaj0tCeoH96d:d.test:31448 m.room.member at 5000000: changes the state at a place where no event is
update current_state_delta_stream set stream_id = 5000000 where ctid = (
  select ctid from current_state_delta_stream where event_id is not null order by stream_id desc limit 1);

--- state groups: a state group goes on from one of another room
-- 611: is a state group whose predecessor is missing or belongs to another room
update state_group_edges set prev_state_group = (
  select min(g.id) from state_groups g
  where g.room_id <> (select room_id from state_groups where id = (select max(state_group) from state_group_edges)))
where state_group = (select max(state_group) from state_group_edges);

--- state groups: a state group goes on from one that is not there
-- 611: is a state group whose predecessor is missing or belongs to another room
update state_group_edges set prev_state_group = 0 where state_group = (select max(state_group) from state_group_edges);

--- state groups: a state group goes on from too many
-- 1173: is a state group with more than 172 predecessors in a row
insert into state_groups (id, room_id, event_id) select 1000 + n, (select max(room_id) from rooms), '' from generate_series(0, 173) n;
insert into state_group_edges (state_group, prev_state_group) select 1000 + n, 999 + n from generate_series(1, 173) n;

--- state groups: an event that is not there has a state
-- $orphan: has a state group, but there is no such event
insert into event_to_state_groups (event_id, state_group) select '$orphan', max(id) from state_groups;

--- state groups: an event has a state that is not there
-- $--pw9jj2QbSRVnNguPDlM1jPLZBejV2yje10qE9njl4: has a state group that is missing or belongs to another room
update event_to_state_groups set state_group = 0 where event_id = (select min(event_id) from event_to_state_groups);

--- state groups: entries have another room, type or state key
-- 10 $A6s8FWCHq-10G3VfRiDYy5iEXC3YggVOP51EVKsTeOs: is a state group with an entry that is no state event of the room and key
-- 4 $aaK0008-hqeFBEt8OefL2A1wOxUiD-lpaBYZ5VYGPio: is a state group with an entry that is no state event of the room and key
-- 6 $Cu3OJiH_Db7zqlHHlzHIpqc1VBFpSiBtT26L6XYWkgc: is a state group with an entry that is no state event of the room and key
update state_groups_state set room_id = (select max(room_id) from rooms) where ctid = (
  select min(ctid) from state_groups_state where type = 'm.room.topic');
update state_groups_state set type = 'm.room.other' where ctid = (
  select min(ctid) from state_groups_state where type = 'm.room.name');
update state_groups_state set state_key = 'other' where ctid = (
  select min(ctid) from state_groups_state where type = 'm.room.join_rules');

--- state groups: Synapse would delete a state group
-- 611: is a state group that Synapse would delete
insert into state_groups_pending_deletion (state_group, insertion_ts) select max(id), 1 from state_groups;

--- state groups: a state group counts as unfinished
-- 611: is a state group that Synapse takes for unfinished
insert into state_groups_persisting (state_group, instance_name, inserted_ts) select max(id), 'master', 1 from state_groups;

--- state at events: an outlier has a state
-- $-JupeSS0XKfdMuLjRUb48ABYwGxtrqfumYOU8D6m22E: is an outlier, but has a state
insert into event_to_state_groups (event_id, state_group)
select min(event_id), (select min(id) from state_groups) from events where outlier;

--- state at events: a create event has the state after the next event
-- $6BS21IS0FwfYjs4VEwyvqQjfvSkkWs-PBFMsH-wwkjw: has another state of its room than in Dendrite
update event_to_state_groups s set state_group = x.state_group from state_group_edges x
where x.prev_state_group = s.state_group
  and s.event_id = (select event_id from events where type = 'm.room.create' and not outlier order by room_id limit 1);

--- state at events: a create event has no state
-- $6BS21IS0FwfYjs4VEwyvqQjfvSkkWs-PBFMsH-wwkjw: is in the timeline without a state
delete from event_to_state_groups
where event_id = (select event_id from events where type = 'm.room.create' and not outlier order by room_id limit 1);

--- state at events: a state of a room goes on from itself
-- $D9IDAYNitPDgYMorCzyCjx10JKsAzqIi-pOzC9W2eTs: has another state of its room than in Dendrite
update state_group_edges x set prev_state_group = x.state_group
where x.state_group = (select max(state_group) from event_to_state_groups join state_group_edges using (state_group));

--- state at events: a state has one entry more
-- $1Qq9ybz5ponnn65-vCkWKCyuwCwXfclnAjflFCkNq2c: has another state of its room than in Dendrite
-- $KRhVjwHDN0I-Ui79KYUX6UY_kKGlfHP2LZrTJC2f5aU: has another state of its room than in Dendrite
-- $hjhgt2T_R1D1SR-b8KWJI4QL-5lkXIrrXjInYoEX1us: has another state of its room than in Dendrite
-- 6 in all
insert into state_groups_state (state_group, room_id, type, state_key, event_id)
select max(g.id), g.room_id, e.type, 'other', e.event_id
from state_groups g join event_to_state_groups s on s.state_group = g.id
join events e on e.room_id = g.room_id and e.type = 'm.room.topic'
group by g.room_id, e.type, e.event_id order by 1 desc limit 1;

--- chain cover: what waits for its place is in another room
-- $lwVkrXMMWMUPEy2wEhpxgefhthjbb5rUpLXPndbFkkM: waits for a place in the chain cover, but has one or is no membership out of band
-- $zGriZ2VbMQkbfopgMK92MTo_RK1PJUqGVY5oIo-fd0o: waits for a place in the chain cover, but has one or is no membership out of band
update event_auth_chain_to_calculate set room_id = '!gone:d.test:31448';
