/**
 * Clients with keys of their own: what somebody wants to do comes in, and what their client sees
 * goes out.
 */
package d2s.switchover.client;
