/**
 * What people do before the switch and after it: a world of servers and clients comes in, and a
 * failed assertion goes out where something was lost.
 */
package d2s.switchover.act;
