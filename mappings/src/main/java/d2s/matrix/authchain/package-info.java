/**
 * The state events of a room in, its chain cover out: chains, positions in them, and links between
 * them. {@link d2s.matrix.authchain.ChainCover} is the hook.
 */
package d2s.matrix.authchain;
