/** Proves that everybody is in the rooms that they were in. */
package d2s.matrix.verification.memberships;
