/**
 * Servers that live on: a configuration comes in, and a Dendrite, a federated Synapse or what they
 * send to each other goes out.
 */
package d2s.switchover.server;
