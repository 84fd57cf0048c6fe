--- media: an upload is lost
-- 07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: is a thumbnail of media that are not there
-- 07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: is a thumbnail of media that are not there
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: is missing
delete from local_media_repository where media_id = (select min(media_id) from local_media_repository);

--- media: a picture would be cut off
-- d.test:31448/ea4116656546d50bf2f2fa2d9c9b4eda0be5f69352c50072e27cb4255052aeae: has another length than in Dendrite
update local_media_repository set media_length = media_length - 1
where media_id = (select max(media_id) from local_media_repository);

--- media: a file of another server is lost
-- p.test:31548/FwzgXKslisnVUMLVChpVcaXB: is missing
delete from remote_media_cache where media_id = (select min(media_id) from remote_media_cache);

--- media: a file has a name that leads out of its folder
-- d.test:31448/../../etc/passwd: Dendrite has no such media
insert into local_media_repository (media_id, media_type, media_length, created_ts, user_id)
values ('../../etc/passwd', 'text/plain', 3, 1, '@alice:d.test:31448');

--- media: a file belongs to somebody else
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: belongs to another user than in Dendrite
update local_media_repository set user_id = '@nobody:d.test:31448'
where media_id = (select min(media_id) from local_media_repository where user_id is not null);

--- media: a file has lost its name
-- d.test:31448/4af0a02721e6a16fe48a501c5562ef1341d22ce080e06f287eb5ad062ea5c9dc: has another name than in Dendrite
update local_media_repository set upload_name = null
where media_id = (select min(media_id) from local_media_repository where upload_name ~ '^[a-z.]+$');

--- media: a picture is no picture any more
-- p.test:31548/ODGMtodxhiadmWbzBdQojvws: is of another kind than in Dendrite
update remote_media_cache set media_type = 'application/octet-stream'
where media_id = (select min(media_id) from remote_media_cache where media_type like 'image/%');

--- media: a thumbnail of a file that is not there
-- nomedium: is a thumbnail of media that are not there
insert into local_media_repository_thumbnails (media_id, thumbnail_width, thumbnail_height, thumbnail_type,
    thumbnail_method, thumbnail_length)
values ('nomedium', 32, 32, 'image/png', 'crop', 3);

--- media: a file was uploaded in seconds
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: has another time of creation than in Dendrite
update local_media_repository set created_ts = created_ts / 1000 where media_id like '0779%';

--- media: a file has the hash of another one
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: has another hash than in Dendrite
update local_media_repository set sha256 = repeat('0', 64) where media_id like '0779%';

--- media: a file of another server has the hash of another one
-- p.test:31548/FwzgXKslisnVUMLVChpVcaXB: has another hash than in Dendrite
update remote_media_cache set sha256 = repeat('0', 64) where media_id like 'Fwz%';

--- media: a file of another server has another length
-- p.test:31548/FwzgXKslisnVUMLVChpVcaXB: has another length than in Dendrite
update remote_media_cache set media_length = 0 where media_id like 'Fwz%';

--- media: a file belongs to nobody
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: belongs to another user than in Dendrite
update local_media_repository set user_id = null where media_id like '0779%';

--- media: a file has another name
-- d.test:31448/07791911948fb6d4dda4ea14bbf9ee32220e4de5a8b45d30cc0f95d88b851141: has another name than in Dendrite
update local_media_repository set upload_name = 'same.png' where media_id like '0779%';

--- media: a file of another server that Dendrite does not have
-- p.test:31548/gone: Dendrite has no such media
insert into remote_media_cache (media_origin, media_id, media_type, media_length, created_ts, filesystem_id)
select media_origin, 'gone', media_type, media_length, created_ts, 'gonegone' from remote_media_cache where media_id like 'Fwz%';

--- media: a thumbnail of another server of a file that is not there
-- p.test:31548/nomedium: is a thumbnail of media that are not there
insert into remote_media_cache_thumbnails (media_origin, media_id, thumbnail_width, thumbnail_height, thumbnail_type,
    thumbnail_method, thumbnail_length, filesystem_id)
values ('p.test:31548', 'nomedium', 32, 32, 'image/png', 'crop', 3, 'nomedium');
