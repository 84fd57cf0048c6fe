package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;

/**
 * The file that a row of a mapping stands for: where it lies and where it has to go, as paths below
 * the two folders of a store.
 *
 * @param rows which emitted rows of the hook this block takes; null without a hook
 * @param when rows for which this is not true are left out; null means all
 * @param from the path in the source's folder; no file where it is null
 * @param to the path in the target's folder; where it is absent or null, the file is known but not
 *     carried over
 * @param size the size of the file in bytes; null where no column says it
 * @param sha256 the SHA-256 of the content in hexadecimal digits; null where no column says it
 */
public record FileBlock(
    Text store,
    Text rows,
    Value.Expression when,
    Value.Expression from,
    Value.Expression to,
    Value.Expression size,
    Value.Expression sha256) {}
