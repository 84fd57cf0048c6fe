/** Dendrite's settings and the admin's choices in, the text of homeserver.yaml out. */
package d2s.cli.homeserver;
