package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * One of the two kinds of database that a mapping set connects.
 *
 * @param name the product; the target's name is also the key of version ranges
 * @param version SQL that gives the version; an integer for the target; null where unknown
 * @param supported versions that the mapping files were written for
 * @param releases the releases whose versions these are, for people; null where not said
 * @param used a query that returns a row once the product works on a loaded database; null where
 *     that cannot be told
 * @param markerTable a table that tells the product; its absence means that it is another database
 */
public record Endpoint(
    Text name,
    Text markerTable,
    Text version,
    VersionRange supported,
    Text supportedText,
    Text releases,
    Text used) {}
