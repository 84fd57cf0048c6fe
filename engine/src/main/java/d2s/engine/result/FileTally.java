package d2s.engine.result;

/**
 * What became of the files of one mapping.
 *
 * @param copied files that were copied or cloned
 * @param linked files that got a second name
 * @param unchanged files that were in the target already, and right
 * @param failed files with a problem
 */
public record FileTally(
    String mapping,
    long copied,
    long copiedBytes,
    long linked,
    long linkedBytes,
    long unchanged,
    long unchangedBytes,
    long failed) {}
