/** Proves that every room is there with its version, and that aliases lead to it. */
package d2s.matrix.verification.rooms;
