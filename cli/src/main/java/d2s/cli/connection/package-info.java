/** Connection strings as people write them, and the connections that they stand for. */
package d2s.cli.connection;
