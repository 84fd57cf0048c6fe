--- users: a time of creation is in milliseconds
-- user @_server:d.test:31448: has another creation_ts than in Dendrite
update users set creation_ts = creation_ts * 1000 where name = (select min(name) from users);

--- users: a user has the password of another one
-- user @carol:d.test:31448: has another password_hash than in Dendrite
update users set password_hash = (select max(password_hash) from users)
where name = (select name from users where password_hash is not null order by password_hash limit 1);

--- users: a deactivated user could log in
-- user @grace:d.test:31448: has another deactivated than in Dendrite
update users set deactivated = 0 where deactivated = 1;

--- users: a profile has another name
-- profile @alice:d.test:31448: has another displayname than in Dendrite
update profiles set displayname = 'somebody else' where user_id = 'alice';

--- devices: an access token is that of another user
-- @_server:d.test:31448 ntBamVhU: this access token is missing
-- @olivia:d.test:31448 ntBamVhU: Dendrite has no such access token
update access_tokens set user_id = (select max(user_id) from access_tokens)
where id = (select id from access_tokens order by user_id limit 1);

--- devices: a device is lost
-- @_server:d.test:31448 ntBamVhU: this device is missing
delete from devices where (user_id, device_id) = (select user_id, device_id from devices where not hidden order by 1, 2 limit 1);

--- syn2mas: an account has no time of creation
-- @alice:d.test:31448: has no time of creation
update users set creation_ts = null where name = (select min(name) from users where password_hash is not null);

--- syn2mas: a device was last seen at no address
-- @heidi:d.test:31448 shared_secret_registration: is a device with an ip that is no address
update devices set ip = 'nowhere' where ctid = (select min(ctid) from devices where ip <> '-');

--- syn2mas: an account is linked to what syn2mas reserves
-- @_server:d.test:31448: is linked to a service that was tried before: delete its rows of oauth-delegated
insert into user_external_ids (auth_provider, external_id, user_id)
select 'oauth-delegated', '1', min(name) from users;

--- users: an account is lost
-- @carol:d.test:31448: this user is missing
delete from users where name like '@carol:%';

--- users: a profile is lost
-- @carol:d.test:31448: this profile is missing
delete from profiles where user_id = 'carol';

--- users: somebody has become an administrator
-- user @dave:d.test:31448: has another admin than in Dendrite
update users set admin = 1 where name like '@dave:%';

--- users: an account has a whole user ID as its local part
-- @@full:d.test:31448:d.test:31448: Dendrite has no such user
insert into users (name, creation_ts, approved) values ('@@full:d.test:31448:d.test:31448', 1, true);

--- syn2mas: the local part of an account is empty
-- @:d.test:31448: is no user ID of this server
insert into users (name, creation_ts, approved) values ('@:d.test:31448', 1, true);

--- syn2mas: a password is no hash
-- @niaj:d.test:31448: has a password that is not hashed by bcrypt
update users set password_hash = 'secret' where name like '@niaj:%';

--- devices: a token is lost
-- @_server:d.test:31448 ntBamVhU: this access token is missing
delete from access_tokens where id = (select min(id) from access_tokens);

--- devices: a device that Dendrite does not have is there
-- @_server:d.test:31448 GONE: Dendrite has no such device
insert into devices (user_id, device_id, hidden) select min(user_id), 'GONE', false from devices;

--- users: an account has become a guest
-- user @dave:d.test:31448: has another is_guest than in Dendrite
update users set is_guest = 1 where name like '@dave:%';

--- users: an account belongs to an application service
-- user @dave:d.test:31448: has another appservice_id than in Dendrite
update users set appservice_id = 'bridge' where name like '@dave:%';

--- users: somebody is locked out
-- user @dave:d.test:31448: has another locked than in Dendrite
update users set locked = true where name like '@dave:%';

--- users: somebody is suspended
-- user @dave:d.test:31448: has another suspended than in Dendrite
update users set suspended = true where name like '@dave:%';

--- users: nobody sees what somebody writes
-- user @dave:d.test:31448: has another shadow_banned than in Dendrite
update users set shadow_banned = true where name like '@dave:%';

--- users: an account waits for approval
-- user @dave:d.test:31448: has another approved than in Dendrite
update users set approved = false where name like '@dave:%';

--- users: a profile has another picture
-- profile @alice:d.test:31448: has another avatar_url than in Dendrite
update profiles set avatar_url = (select avatar_url from profiles where user_id = 'bob') where user_id = 'alice';

--- users: a profile goes by another local part
-- profile @alice:d.test:31448: has another user_id than in Dendrite
update profiles set user_id = 'alicia' where user_id = 'alice';

--- users: an account without password can be logged in to with an empty one
-- user @_server:d.test:31448: has another password_hash than in Dendrite
-- user @grace:d.test:31448: has another password_hash than in Dendrite
update users set password_hash = '' where password_hash is null;

--- devices: a device has the name of another one
-- device @alice:d.test:31448 ALICEDEV1: has another display_name than in Dendrite
update devices set display_name = (select display_name from devices where device_id = 'BOBDEV1') where device_id = 'ALICEDEV1';

--- devices: a device was last seen in seconds
-- device @alice:d.test:31448 ALICEDEV1: has another last_seen than in Dendrite
update devices set last_seen = last_seen / 1000 where device_id = 'ALICEDEV1';

--- devices: a device is another program
-- device @alice:d.test:31448 ALICEDEV1: has another user_agent than in Dendrite
update devices set user_agent = 'curl' where device_id = 'ALICEDEV1';

--- devices: a device is hidden
-- @alice:d.test:31448 ALICEDEV1: this device is missing
update devices set hidden = true where device_id = 'ALICEDEV1';

--- devices: a token is that of another device
-- @alice:d.test:31448 ALICEDEV1: this access token is missing
-- @alice:d.test:31448 ALICEDEV2: Dendrite has no such access token
-- access token @alice:d.test:31448 ALICEDEV2: has another token than in Dendrite
update access_tokens set device_id = 'ALICEDEV2' where device_id = 'ALICEDEV1';

--- devices: a token is another one
-- access token @alice:d.test:31448 ALICEDEV1: has another token than in Dendrite
update access_tokens set token = 'other' where device_id = 'ALICEDEV1';

--- devices: a token expires
-- access token @alice:d.test:31448 ALICEDEV1: has another valid_until_ms than in Dendrite
update access_tokens set valid_until_ms = 1 where device_id = 'ALICEDEV1';

--- devices: a token is one of an administrator who acts for somebody
-- access token @alice:d.test:31448 ALICEDEV1: has another puppets_user_id than in Dendrite
update access_tokens set puppets_user_id = '@bob:d.test:31448' where device_id = 'ALICEDEV1';

--- syn2mas: two accounts differ in upper and lower case only
-- @Alice:d.test:31448: differs from another user ID only in upper and lower case: the service finds one of them
-- @alice:d.test:31448: differs from another user ID only in upper and lower case: the service finds one of them
insert into users (name, creation_ts, approved) values ('@Alice:d.test:31448', 1, true);

--- syn2mas: a time of creation is in milliseconds
-- @bob:d.test:31448: was created in the future: creation_ts must be in s, and may be in ms
update users set creation_ts = 1795501474926 where name like '@bob:%';

--- syn2mas: an account is lost and its devices are there
-- access_tokens of @erin:d.test:31448: belongs to no account
-- devices of @erin:d.test:31448: belongs to no account
delete from users where name like '@erin:%';

--- syn2mas: a device is lost and its token is there
-- @erin:d.test:31448 ERINDEV1: is a token of a device that is not there
delete from devices where device_id = 'ERINDEV1';

--- syn2mas: nobody knows whether a device is hidden
-- @erin:d.test:31448 ERINDEV1: is a device that is neither hidden nor shown
update devices set hidden = null where device_id = 'ERINDEV1';

--- devices: a device was used from another address
-- device @alice:d.test:31448 ALICEDEV1: has another ip than in Dendrite
-- device @alice:d.test:31448 ALICEDEV2: has another ip than in Dendrite
update devices set ip = '192.0.2.1' where user_id like '@alice:%' and ip is not null;

--- devices: nobody knows from which addresses a device was used
-- @alice:d.test:31448 ALICEDEV1: this address is missing
-- @alice:d.test:31448 ALICEDEV2: this address is missing
delete from user_ips where user_id like '@alice:%';

--- devices: an address is that of another session
-- address @alice:d.test:31448 ALICEDEV1: has another access_token than in Dendrite
-- address @alice:d.test:31448 ALICEDEV1: has another last_seen than in Dendrite
-- address @alice:d.test:31448 ALICEDEV2: has another access_token than in Dendrite
-- 4 in all
update user_ips set access_token = access_token || 'x', last_seen = last_seen / 1000 where user_id like '@alice:%';
