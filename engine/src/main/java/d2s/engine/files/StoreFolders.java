package d2s.engine.files;

import java.nio.file.Path;

/**
 * Where the two folders of a store are on this machine.
 *
 * @param source only read; must exist
 * @param target made if it is missing
 */
public record StoreFolders(Path source, Path target) {}
