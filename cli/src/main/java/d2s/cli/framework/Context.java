package d2s.cli.framework;

import d2s.cli.output.Terminal;

/** What a command finds around itself; tests give their own. */
public record Context(Terminal screen, Environment surroundings) {}
