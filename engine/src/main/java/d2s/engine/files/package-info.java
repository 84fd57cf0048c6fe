/**
 * Requests for files in, checked copies out: each file is complete under its name, or not there.
 */
package d2s.engine.files;
