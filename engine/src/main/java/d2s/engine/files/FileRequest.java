package d2s.engine.files;

/**
 * One file to be carried over.
 *
 * @param mapping the mapping that asks for it
 * @param what names the row for people
 * @param from path below the source's folder
 * @param to path below the target's folder
 * @param size in bytes; -1 where unknown
 * @param sha256 of the content in hexadecimal digits; null where unknown
 */
public record FileRequest(
    String mapping, String what, String from, String to, long size, String sha256) {}
