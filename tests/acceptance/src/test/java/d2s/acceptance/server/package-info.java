/**
 * Servers and programs as a test uses them: a configuration or a request comes in, and a running
 * server or its answer goes out.
 */
package d2s.acceptance.server;
