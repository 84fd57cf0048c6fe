package d2s.matrix.media;

import d2s.engine.extension.Functions;

/** The functions {@code media:...} of the mapping files. */
public final class MediaFunctions implements Functions {

  @Override
  public String namespace() {
    return "media";
  }

  /** Whether this is a SHA-256 as Dendrite writes it: 43 characters of URL-safe Base64. */
  public boolean isHash(String base64hash) {
    return StoredPath.isHash(base64hash);
  }

  /** The SHA-256 in hexadecimal digits, or null if it is none. */
  public String hexadecimal(String base64hash) {
    return StoredPath.hexadecimal(base64hash);
  }

  /** Where Dendrite keeps the content with this SHA-256, or null if it is none. */
  public String storedPath(String base64hash) {
    return StoredPath.of(base64hash, "file");
  }

  /** The name of an uploaded file for people, or null without one. */
  public String uploadName(String escaped) {
    return UploadName.of(escaped);
  }

  /** Whether Synapse can find a file of its own users by this id. */
  public boolean isLocalId(String mediaId) {
    return ServedPath.isId(mediaId);
  }

  /** Whether Synapse can have a folder of this name for the files of another server. */
  public boolean isOrigin(String origin) {
    return ServedPath.isPart(origin);
  }

  /** Where Synapse keeps a file of its own users. */
  public String localPath(String mediaId) {
    return ServedPath.local(mediaId);
  }

  /** Where Synapse keeps a file of another server. */
  public String remotePath(String origin, String mediaId) {
    return ServedPath.remote(origin, mediaId);
  }

  /** The 24 letters by which Synapse names a file of another server on its disk. */
  public String filesystemId(String origin, String mediaId) {
    return ServedPath.filesystemId(origin, mediaId);
  }

  /** Where Synapse keeps a JPEG thumbnail of a file of its own users. */
  public String localThumbnailPath(String mediaId, long width, long height, String method) {
    return ServedPath.localThumbnail(mediaId, ServedPath.thumbnailName(width, height, method));
  }

  /** Where Synapse keeps a JPEG thumbnail of a file of another server. */
  public String remoteThumbnailPath(
      String origin, String mediaId, long width, long height, String method) {
    return ServedPath.remoteThumbnail(
        origin, mediaId, ServedPath.thumbnailName(width, height, method));
  }
}
