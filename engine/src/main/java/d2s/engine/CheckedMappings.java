package d2s.engine;

import d2s.engine.plan.Plan;
import d2s.engine.schema.Catalog;

/**
 * What a mapping set comes to on a pair of databases.
 *
 * @param targetVersion the schema version of the target
 * @param mappings how many apply
 * @param plan what would run, in its order
 */
public record CheckedMappings(
    int targetVersion, Catalog source, Catalog target, int mappings, Plan plan) {}
