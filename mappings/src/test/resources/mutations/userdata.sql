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
-- 7 in all
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

--- push rules: an account that has no rules gets those of another one
-- @erin:d.test:31448 global/underride/.m.rule.message: this push rule does something else
-- @nobody:d.test:31448: has push rules that Dendrite does not have
update push_rules set user_name = '@nobody:d.test:31448' where user_name like '@erin:%';

--- push rules: switches are those of an account that has no rules
-- @bob:d.test:31448 global/override/.m.rule.master: this push rule is on where it was off or the reverse
-- @bob:d.test:31448 global/underride/.m.rule.call: this push rule is on where it was off or the reverse
-- @nobody:d.test:31448: has push rules that Dendrite does not have
update push_rules_enable set user_name = '@nobody:d.test:31448' where user_name like '@bob:%';

--- push rules: a push rule is there that nobody made
-- @alice:d.test:31448 global/override/org.judge.third: is a push rule that Dendrite does not have
insert into push_rules (id, user_name, rule_id, priority_class, priority, conditions, actions)
select 1000, user_name, 'global/override/org.judge.third', 5, 12, conditions, actions
from push_rules where rule_id = 'global/override/org.judge.first';

--- push rules: a push rule is of another kind
-- @alice:d.test:31448 global/room/!AEps0gTxVSdRQkmI:d.test:31448: this push rule has another place among the others
update push_rules set priority_class = 4 where rule_id = 'global/room/!AEps0gTxVSdRQkmI:d.test:31448';

--- push rules: two push rules have the same place
-- @alice:d.test:31448 global/override/org.judge.first: this push rule has another place among the others
update push_rules set priority = 11 where rule_id = 'global/override/org.judge.first';

--- push rules: a push rule rings where it was silent
-- @alice:d.test:31448 global/override/org.judge.second ünï: this push rule does something else
update push_rules set actions = '["notify"]' where rule_id like 'global/override/org.judge.second%';

--- push rules: the actions of a push rule are no JSON
-- @alice:d.test:31448 global/content/mykeyword: this push rule does something else
update push_rules set actions = 'x' where rule_id = 'global/content/mykeyword';

--- push rules: a push rule has lost its sound
-- @alice:d.test:31448 global/content/mykeyword: this push rule does something else
update push_rules set actions = '["notify",{"set_tweak":"highlight"}]' where rule_id = 'global/content/mykeyword';

--- push rules: a push rule of a user is on again
-- @alice:d.test:31448 global/content/off: this push rule is on where it was off or the reverse
update push_rules_enable set enabled = 1 where rule_id = 'global/content/off';

--- push rules: all push rules of a user are off
-- @alice:d.test:31448 global/content/mykeyword: this push rule is on where it was off or the reverse
-- @alice:d.test:31448 global/override/org.judge.first: this push rule is on where it was off or the reverse
-- @alice:d.test:31448 global/override/org.judge.second ünï: this push rule is on where it was off or the reverse
-- 5 in all
update push_rules_enable set enabled = 0 where user_name like '@alice:%';

--- push rules: the switches of an account are lost
-- @bob:d.test:31448 global/override/.m.rule.master: this push rule is on where it was off or the reverse
-- @bob:d.test:31448 global/underride/.m.rule.call: this push rule is on where it was off or the reverse
delete from push_rules_enable where user_name like '@bob:%';

--- push rules: somebody gets no notifications any more
-- @alice:d.test:31448 global/override/.m.rule.master: this push rule is on where it was off or the reverse
insert into push_rules_enable (id, user_name, rule_id, enabled)
values (1000, '@alice:d.test:31448', 'global/override/.m.rule.master', 1);

--- push rules: a rule that the server has for everybody does something else
-- @alice:d.test:31448 global/underride/.m.rule.message: this push rule does something else
-- @erin:d.test:31448 global/underride/.m.rule.message: this push rule does something else
update push_rules set actions = '["notify"]' where rule_id = 'global/underride/.m.rule.message';

--- push rules: a rule that the server has for everybody is that of one user
-- @erin:d.test:31448 global/underride/.m.rule.message: is a push rule that Dendrite does not have
-- @erin:d.test:31448 global/underride/.m.rule.message: this push rule does something else
update push_rules set priority_class = 1 where user_name like '@erin:%' and rule_id = 'global/underride/.m.rule.message';

--- receipts: somebody has read something at another time
-- @pete:p.test:31548 !wwpGfEOwcqjuOUos:d.test:31448 m.read: is a receipt of another time
update receipts_linearized set data = '{"ts":1}' where user_id like '@pete:%';

--- receipts: a receipt is in one of its two tables only
-- @carol:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448 m.read: is a receipt that is not in receipts_graph
delete from receipts_graph where user_id like '@carol:%';

--- receipts: receipts_graph has a receipt for another event
-- @carol:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448 m.read: is a receipt that is not in receipts_graph
update receipts_graph set event_ids = '["$gone"]' where user_id like '@carol:%';

--- receipts: receipts_graph has something that is no list
-- @carol:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448 m.read: is a receipt that is not in receipts_graph
update receipts_graph set event_ids = event_ids || 'x' where user_id like '@carol:%';

--- receipts: a receipt of another server is lost
-- @pete:p.test:31548 !wwpGfEOwcqjuOUos:d.test:31448 m.read: this receipt is missing
delete from receipts_linearized where user_id like '@pete:%';

--- unread counts: a room has fewer unread notifications
-- number of unread notifications @erin:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has another notifications than in Dendrite
update event_push_summary set notif_count = notif_count - 1 where user_id like '@erin:%' and room_id like '!AEps%';

--- unread counts: a thread has unread notifications beside those of the room
-- $thread: has unread notifications, but is no thread in Dendrite
-- number of unread notifications @erin:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has another notifications than in Dendrite
insert into event_push_summary (user_id, room_id, notif_count, stream_ordering, thread_id)
select user_id, room_id, 2, stream_ordering, '$thread' from event_push_summary
where user_id like '@erin:%' and room_id like '!AEps%';

--- account data: a setting belongs to somebody else
-- @alice:d.test:31448  org.judge.late: this account data is missing
-- @bob:d.test:31448  org.judge.late: Dendrite has no such account data
update account_data set user_id = '@bob:d.test:31448' where account_data_type = 'org.judge.late';

--- account data: a tag has another place
-- @alice:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has other tags than in Dendrite
update room_tags set content = '{"order":0.5}' where tag = 'm.favourite';

--- account data: somebody has lost all tags of a room
-- @bob:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448: has other tags than in Dendrite
delete from room_tags where user_id like '@bob:%';
delete from room_tags_revisions where user_id like '@bob:%';

--- account data: tags are none, and clients would be told of them
-- @bob:d.test:31448 !wwpGfEOwcqjuOUos:d.test:31448: has other tags than in Dendrite
delete from room_tags where user_id like '@bob:%';

--- account data: a tag is no JSON
-- @alice:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has other tags than in Dendrite
update room_tags set content = 'x' where tag = 'm.favourite';

--- account data: somebody is ignored who was not
-- @bob:d.test:31448: ignores others than in Dendrite
insert into ignored_users (ignorer_user_id, ignored_user_id) values ('@bob:d.test:31448', '@alice:d.test:31448');

--- account data: nobody is ignored any more
-- @erin:d.test:31448: ignores others than in Dendrite
delete from ignored_users where ignorer_user_id like '@erin:%';

--- pushers: a pusher has no place from which it goes on
-- @alice:d.test:31448 org.judge.app 1: is a pusher that would push old events again
update pushers set last_stream_ordering = null where id = (select min(id) from pushers);

--- pushers: a pusher is off
-- pusher @alice:d.test:31448 org.judge.app 1: has another enabled than in Dendrite
update pushers set enabled = false where id = (select min(id) from pushers);

--- pushers: a pusher pushes to somewhere else
-- pusher @alice:d.test:31448 org.judge.app 1: has another data than in Dendrite
-- pusher @alice:d.test:31448 org.judge.app 1: has another pushkey than in Dendrite
update pushers set pushkey = 'elsewhere', data = '{"url":"https://push.example.org"}' where id = (select min(id) from pushers);

--- pushers: a pusher is for mail
-- pusher @alice:d.test:31448 org.judge.app 1: has another kind than in Dendrite
update pushers set kind = 'email' where id = (select min(id) from pushers);

--- pushers: a pusher that Dendrite does not have is there
-- @alice:d.test:31448 org.judge.app 1000: Dendrite has no such pusher
insert into pushers (id, user_name, profile_tag, kind, app_id, app_display_name, device_display_name, pushkey, ts, lang, data, last_stream_ordering)
select 1000, user_name, profile_tag, kind, app_id, app_display_name, device_display_name, 'new', ts, lang, data, last_stream_ordering
from pushers order by id limit 1;

--- filters: a filter belongs to somebody else
-- filter @alice:d.test:31448 1: has another user_id than in Dendrite
update user_filters set user_id = 'bob' where full_user_id like '@alice:%' and filter_id = 1;

--- push rules: a push rule is for all events
-- @alice:d.test:31448 global/override/org.judge.first: this push rule is for other events
update push_rules set conditions = '[]'
where id = (select min(id) from push_rules where conditions <> '[]' and priority_class = 5);

--- push rules: a keyword is another one
-- @alice:d.test:31448 global/content/off: this push rule is for other events
update push_rules set conditions = replace(conditions, '"pattern":"', '"pattern":"x')
where id = (select min(id) from push_rules where priority_class = 4);

--- push rules: a default rule does what it does by default, though the user had changed it
-- @alice:d.test:31448 global/underride/.m.rule.message: this push rule does something else
-- @erin:d.test:31448 global/underride/.m.rule.message: this push rule does something else
delete from push_rules where priority_class = -1;

--- notifications: nobody is notified of anything
-- @alice:d.test:31448 $FP0f6aMFu4Py7wvkeG9GED7C4OQ5J2dRQhgLE8BJGDw: this notification is missing
-- @alice:d.test:31448 $JHGE5XZHYC83XIjQqSilVS9po5ISaNVidWq1OzdgjJc: this notification is missing
-- @alice:d.test:31448 $Scu8rN3t_CAcM5cHP60-rIi8lo4MomKFg1DXepAU4z0: this notification is missing
-- 561 in all
delete from event_push_actions;

--- notifications: a notification is of a message that nobody has sent
-- @odd=user/x-1_y.z:d.test:31448 $cYDMZ9TGMQhjwuhDflZLIs7RQd6yXyzK8L4wrlUdNpg: this notification is missing
-- @odd=user/x-1_y.z:d.test:31448 $gone: is a notification in another room or place than its event
-- @odd=user/x-1_y.z:d.test:31448 $gone: is a notification that Dendrite does not have
update event_push_actions set event_id = '$gone' where ctid = (select min(ctid) from event_push_actions);

--- notifications: a notification is that of another room
-- @odd=user/x-1_y.z:d.test:31448 $cYDMZ9TGMQhjwuhDflZLIs7RQd6yXyzK8L4wrlUdNpg: is a notification in another room or place than its event
update event_push_actions set room_id = '!gone:d.test:31448' where ctid = (select min(ctid) from event_push_actions);

--- notifications: somebody was mentioned who was not
-- @odd=user/x-1_y.z:d.test:31448 $cYDMZ9TGMQhjwuhDflZLIs7RQd6yXyzK8L4wrlUdNpg: this notification is one of a mention on one server only
update event_push_actions set highlight = 1 - highlight where ctid = (select min(ctid) from event_push_actions);

--- notifications: a notification is in another thread
-- @odd=user/x-1_y.z:d.test:31448 $cYDMZ9TGMQhjwuhDflZLIs7RQd6yXyzK8L4wrlUdNpg: this notification is in another thread than in Dendrite
update event_push_actions set thread_id = '$gone' where ctid = (select min(ctid) from event_push_actions);

--- unread counts: a number is of another receipt
-- @erin:d.test:31448 !AEps0gTxVSdRQkmI:d.test:31448: has a number of unread notifications that is not of the newest receipt
update event_push_summary set last_receipt_stream_ordering = coalesce(last_receipt_stream_ordering, 0) + 1
where ctid = (select min(ctid) from event_push_summary);

--- unread counts: a number is of a thread that is not there
-- $gone: has unread notifications, but is no thread in Dendrite
update event_push_summary set thread_id = '$gone' where ctid = (select min(ctid) from event_push_summary);

--- pushers: a device would get no notifications for a long time
-- @alice:d.test:31448 org.judge.app 1: is a pusher that would not push the next events
update pushers set last_stream_ordering = 1000000 where ctid = (select min(ctid) from pushers);
