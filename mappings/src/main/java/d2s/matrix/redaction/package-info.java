/**
 * Whether a redaction that Dendrite did not decide about is allowed. Dendrite ignores those from
 * other servers in rooms of version 11 and later, because it looks for their target in a place
 * where it is not any more; all other servers have applied them.
 */
package d2s.matrix.redaction;
