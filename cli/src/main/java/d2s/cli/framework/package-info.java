/** What every command stands on: how it prints, is interrupted, reports its errors, and ends. */
package d2s.cli.framework;
