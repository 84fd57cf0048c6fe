/**
 * Events and state: what somebody does in a room comes in, and signed events, their state and their
 * rows go out.
 */
package d2s.generator.event;
