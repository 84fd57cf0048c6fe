--- account data: an account data is lost
-- @alice:d.test:31448  org.judge.settings: this account data is missing
delete from account_data where stream_id = (select min(stream_id) from account_data);

--- account data: a setting has changed
-- account data @alice:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.fully_read: has another content than in Dendrite
update room_account_data set content = '{}' where stream_id = (select min(stream_id) from room_account_data);

--- account data: a tag is lost
-- @alice:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has other tags than in Dendrite
delete from room_tags where tag = 'm.favourite';

--- account data: somebody is no longer ignored
-- @erin:d.test:31448: ignores others than in Dendrite
delete from ignored_users where ignored_user_id = (select min(ignored_user_id) from ignored_users);

--- push rules: a push rule is lost
-- @alice:d.test:31448 global/override/org.judge.second ünï: this push rule is missing
delete from push_rules where id = (select min(id) from push_rules where priority_class > 0);

--- push rules: two push rules have changed places
-- @alice:d.test:31448 global/override/org.judge.first: this push rule has another place among the others
update push_rules set priority = -priority where priority_class = 5;

--- push rules: a push rule is on again
-- @alice:d.test:31448 global/override/.m.rule.suppress_notices: this push rule is on where it was off or the reverse
update push_rules_enable set enabled = 1 where rule_id = 'global/override/.m.rule.suppress_notices' and enabled = 0;

--- pushers: a pusher begins from the beginning
-- @alice:d.test:31448 org.judge.app 1: is a pusher that would push old events again
update pushers set last_stream_ordering = 0 where id = (select min(id) from pushers);

--- filters: a filter has another number
-- @alice:d.test:31448 101: Dendrite has no such filter
-- @alice:d.test:31448 1: this filter is missing
update user_filters set filter_id = filter_id + 100
where ctid = (select ctid from user_filters order by full_user_id, filter_id limit 1);

--- receipts: somebody has read less far
-- @bob:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.read.private: is a receipt for another event
update receipts_linearized r set event_id = e.event_id, event_stream_ordering = e.stream_ordering
from events e
where r.stream_id = (select min(stream_id) from receipts_linearized) and e.room_id = r.room_id
  and e.stream_ordering = (select min(stream_ordering) from events o where o.room_id = r.room_id);

--- receipts: a receipt is lost
-- @frank:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.read: this receipt is missing
delete from receipts_linearized where stream_id = (select max(stream_id) from receipts_linearized);

--- unread counts: a room is read
-- @erin:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: this number of unread notifications is missing
delete from event_push_summary where ctid = (select min(ctid) from event_push_summary where notif_count > 0);

--- account data: a setting is no JSON
-- account data @alice:d.test:31448  org.judge.late: has another content than in Dendrite
update account_data set content = '{oops' where stream_id = (select max(stream_id) from account_data);

--- account data: clients would not be told of tags
-- @alice:d.test:31448 !0klQPKcbHL3kqR3L:d.test:31448: has tags that clients would not be told of
-- @alice:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has tags that clients would not be told of
delete from room_tags_revisions where user_id like '@alice:%';

--- account data: a tag is there that nobody gave
-- @judy:d.test:31448 !0klQPKcbHL3kqR3L:d.test:31448: has other tags than in Dendrite
insert into room_tags (user_id, room_id, tag, content)
select '@judy:d.test:31448', min(room_id), 'u.nobody', '{}' from rooms;

--- push rules: an account has lost all of its rules
-- @alice:d.test:31448 global/content/mykeyword: this push rule is missing
-- @alice:d.test:31448 global/content/off: this push rule is missing
-- @alice:d.test:31448 global/override/org.judge.first: this push rule is missing
-- 6 in all
delete from push_rules where user_name = (select min(user_name) from push_rules);

--- pushers: a pusher is lost
-- @alice:d.test:31448 org.judge.app 1: this pusher is missing
delete from pushers where id = (select min(id) from pushers);

--- pushers: a pusher belongs to no device
-- pusher @alice:d.test:31448 org.judge.app 1: has another device_id than in Dendrite
update pushers set device_id = null where id = (select min(id) from pushers where device_id is not null);

--- filters: a filter is lost
-- @alice:d.test:31448 1: this filter is missing
delete from user_filters where ctid = (select min(ctid) from user_filters);

--- filters: a filter is no JSON
-- filter @alice:d.test:31448 1: has another content than in Dendrite
update user_filters set filter_json = 'x' where ctid = (select min(ctid) from user_filters);

--- receipts: a receipt of somebody who has read nothing
-- @nobody:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.read.private: Dendrite has no such receipt
insert into receipts_linearized (stream_id, room_id, receipt_type, user_id, event_id, data, event_stream_ordering)
select 1000000, room_id, receipt_type, '@nobody:d.test:31448', event_id, data, event_stream_ordering
from receipts_linearized order by stream_id limit 1;

--- receipts: a receipt counts for an event that came later
-- @bob:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448 m.read.private: is a receipt at another place than its event
update receipts_linearized set event_stream_ordering = event_stream_ordering + 1
where stream_id = (select min(stream_id) from receipts_linearized where event_stream_ordering is not null);

--- unread counts: something is unread in a room that is not there
-- @alice:d.test:31448 !gone:d.test:31448: Dendrite has no such number of unread notifications
insert into event_push_summary (user_id, room_id, notif_count, stream_ordering, thread_id)
values ('@alice:d.test:31448', '!gone:d.test:31448', 3, 1, 'main');
