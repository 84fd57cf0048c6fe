/**
 * Living clients and a federated server go on across the switch: two homeservers come in, and what
 * broke for whom goes out.
 */
package d2s.switchover;
