/** Proves that what users set, read and were told about is the same. */
package d2s.matrix.verification.userdata;
