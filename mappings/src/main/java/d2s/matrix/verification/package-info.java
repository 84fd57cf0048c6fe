/**
 * Proves that Synapse's database holds what Dendrite's holds, and that Synapse can live with it.
 *
 * <p>Nothing here trusts the migration. What an event says is read from its JSON with another
 * reader than the mapping's; states are compared by walking both databases' own structures; keys
 * are verified by their mathematics. Only room versions, canonical JSON and hashes are shared with
 * the rest, because the one right answer to them is tested with vectors from other servers.
 *
 * <p>Findings name ids, never a token, password, key or content.
 */
package d2s.matrix.verification;
