package d2s.cli;

import d2s.cli.connection.Surroundings;
import d2s.cli.output.Screen;

/** What a command finds around itself; tests give their own. */
record Context(Screen screen, Surroundings surroundings) {}
