/** {@code d2s demo}: a recorded homeserver in, a real Synapse that serves it out. */
package d2s.cli.demo;
