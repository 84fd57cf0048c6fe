/**
 * Keys and signatures as Dendrite keeps them in, the JSON that Synapse keeps out. {@link
 * d2s.matrix.encryption.UserKeys} is the hook.
 */
package d2s.matrix.encryption;
