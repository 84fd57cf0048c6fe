/** Proves that every file is where its row says, whole. */
package d2s.matrix.verification.media;
