package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

/**
 * A folder of files that belongs to a server beside its database. Each side has one; the caller of
 * a run says where.
 *
 * @param ignore folders below the source's that hold nothing to carry over, as relative paths
 * @param bytes a query on the source that tells how much there is to copy, for the progress; null
 *     where unknown
 */
public record Store(Text name, Text description, List<Text> ignore, Text bytes) {}
