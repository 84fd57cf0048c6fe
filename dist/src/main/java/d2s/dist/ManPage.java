package d2s.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command as a man page, in the macros of man(7). */
final class ManPage {

  private final CommandLine command;
  private final List<String> lines = new ArrayList<>();

  private ManPage(CommandLine command) {
    this.command = command;
  }

  /** The name of the page: that of the command with hyphens, d2s-schema-diff. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  static String of(CommandLine command) {
    ManPage page = new ManPage(command);
    page.write();
    return String.join("\n", page.lines) + "\n";
  }

  private void write() {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    lines.add(".TH \"" + name(command).toUpperCase(java.util.Locale.ROOT) + "\" 1 \"\" \"d2s\"");
    lines.add(".SH NAME");
    lines.add(text(name(command)) + " \\- " + text(first(usage.description())));
    lines.add(".SH SYNOPSIS");
    lines.add(".B " + text(spec.qualifiedName(" ")));
    lines.add("[OPTION]...");
    spec.positionalParameters().forEach(parameter -> lines.add(text(parameter.paramLabel())));
    if (!command.getSubcommands().isEmpty()) {
      lines.add("COMMAND");
    }
    lines.add(".SH DESCRIPTION");
    paragraphs(usage.description());
    if (!spec.positionalParameters().isEmpty()) {
      lines.add(".SH ARGUMENTS");
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        item(parameter.paramLabel(), parameter);
      }
    }
    lines.add(".SH OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String names = String.join(", ", option.names());
        item(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option);
      }
    }
    if (!command.getSubcommands().isEmpty()) {
      lines.add(".SH COMMANDS");
      for (CommandLine below : command.getSubcommands().values()) {
        lines.add(".TP");
        lines.add(".BR " + name(below).replace("-", "\\-") + " (1)");
        lines.add(text(first(below.getCommandSpec().usageMessage().description())));
      }
    }
    lines.add(".SH EXIT STATUS");
    for (Map.Entry<String, String> code : usage.exitCodeList().entrySet()) {
      lines.add(".TP");
      lines.add(".B " + code.getKey());
      lines.add(text(code.getValue()));
    }
    lines.add(".SH EXAMPLES");
    lines.add(".nf");
    for (String line : usage.footer()) {
      if (line.startsWith("  ")) {
        lines.add(text(line.strip()));
      }
    }
    lines.add(".fi");
  }

  private void item(String heading, ArgSpec argument) {
    lines.add(".TP");
    lines.add(".B " + text(heading));
    boolean more = false;
    for (String line : argument.description()) {
      if (more) {
        lines.add(".br");
      }
      lines.add(text(line));
      more = true;
    }
  }

  private void paragraphs(String... description) {
    boolean open = true;
    for (String line : description) {
      if (line.isEmpty()) {
        open = false;
      } else {
        if (!open) {
          lines.add(".PP");
          open = true;
        }
        lines.add(text(line));
      }
    }
  }

  private static String first(String... description) {
    return description.length == 0 ? "" : description[0];
  }

  /**
   * Text as roff reads it: percent signs are picocli's, a dot or quote at the start is a command.
   */
  private static String text(String written) {
    String text = written.formatted().replace("\\", "\\e").replace("-", "\\-");
    return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
  }
}
