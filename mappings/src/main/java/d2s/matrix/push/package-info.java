/**
 * Push rules: from the whole rule set that Dendrite stores for every account, defaults included, to
 * the differences from its own defaults that Synapse stores. {@link d2s.matrix.push.PushRules} is
 * the hook.
 */
package d2s.matrix.push;
