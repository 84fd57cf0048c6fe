/** Names whatever Dendrite knows in any table and Synapse does not have. */
package d2s.matrix.verification.completeness;
