/** Proves that every key, signature, backup and waiting message is there and true. */
package d2s.matrix.verification.encryption;
