/** Proves that users and devices can log in and stay logged in. */
package d2s.matrix.verification.accounts;
