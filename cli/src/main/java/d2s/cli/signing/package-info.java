/** The key with which a homeserver signs events and requests, in the forms of both servers. */
package d2s.cli.signing;
