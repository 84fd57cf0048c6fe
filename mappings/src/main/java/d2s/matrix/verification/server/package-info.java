/** Proves what the server knows of other servers, and the statistics that it keeps. */
package d2s.matrix.verification.server;
