package d2s.cli.wizard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is done in a migration.
 *
 * @param guide the number that docs/guide/migrating.md gives it
 * @param name in the file of answers; never changes
 * @param text what it is for
 * @param command the arguments of d2s; empty if a person does it
 * @param lines what a person does, as commands to copy
 */
record Step(int guide, String name, String text, List<String> command, List<String> lines) {

  static Step run(int guide, String name, String text, String... command) {
    return new Step(guide, name, text, List.of(command), List.of());
  }

  static Step byHand(int guide, String name, String text, String... lines) {
    return new Step(guide, name, text, List.of(), List.of(lines));
  }

  boolean isByHand() {
    return command.isEmpty();
  }

  /** The command as it would be typed. */
  String shown() {
    return command.stream()
        .map(word -> word.matches("[A-Za-z0-9_./:=@-]+") ? word : "'" + word + "'")
        .collect(Collectors.joining(" ", "d2s ", ""));
  }
}
