/** What a server knows of other servers, and of its own rooms and users as a whole. */
package d2s.matrix.server;
