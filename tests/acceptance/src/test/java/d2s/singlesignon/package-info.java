/** Logs users in to a real Synapse by a real provider of single sign-on. */
package d2s.singlesignon;
