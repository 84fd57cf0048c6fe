/** The commands: options in, calls to the engine, an exit code out. */
package d2s.cli.command;
