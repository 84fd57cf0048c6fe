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
