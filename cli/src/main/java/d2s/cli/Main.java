package d2s.cli;

import d2s.cli.command.CheckCommand;
import d2s.cli.command.ConfigCommand;
import d2s.cli.command.DocsCommand;
import d2s.cli.command.KeysCommand;
import d2s.cli.command.MediaCommand;
import d2s.cli.command.MigrateCommand;
import d2s.cli.command.NewCommand;
import d2s.cli.command.NewMappingCommand;
import d2s.cli.command.PlanCommand;
import d2s.cli.command.SchemaCaptureCommand;
import d2s.cli.command.SchemaCommand;
import d2s.cli.command.SchemaDiffCommand;
import d2s.cli.command.VerifyCommand;
import d2s.cli.demo.DemoCommand;
import d2s.cli.framework.Command;
import d2s.cli.framework.Context;
import d2s.cli.framework.Environment;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.UsageErrors;
import d2s.cli.linking.LinkOidcCommand;
import d2s.cli.output.Terminal;
import d2s.cli.wizard.WizardCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code d2s}. */
@CommandLine.Command(
    name = "d2s",
    description = {"Moves a Matrix homeserver from Dendrite to Synapse.", ""},
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  d2s demo",
      "  d2s migrate --dendrite-config dendrite.yaml --synapse-config homeserver.yaml --dry-run",
      "  d2s migrate --help"
    })
public final class Main implements Callable<Integer> {

  /** One reader for the process, because it reads ahead. */
  private static final BufferedReader STANDARD_INPUT =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  @Spec private CommandSpec spec;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print this help.")
  private boolean help;

  private Main() {}

  public static void main(String... args) {
    int exitCode = ExitCode.FAILED.number();
    String tooLittleMemory = Command.tooLittleMemory();
    try {
      exitCode = run(args);
    } catch (OutOfMemoryError e) {
      // No command has begun. These words were made before there was no memory for them.
      System.err.println(tooLittleMemory);
    }
    System.exit(exitCode);
  }

  /** Runs a command in this process and returns its exit code. */
  public static int run(String... args) {
    return run(new Context(Terminal.ofThisProcess(), Environment.ofThisProcess()), args);
  }

  static int run(Context context, String... args) {
    CommandLine commandLine = commandLine(context);
    return commandLine.execute(withoutHelpCommand(commandLine.getSubcommands().keySet(), args));
  }

  /** {@code d2s help migrate} is what others call {@code d2s migrate --help}. */
  private static String[] withoutHelpCommand(Set<String> commands, String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    if (args.length > 1 && !commands.contains(args[1])) {
      // Whoever mistypes a command is told so, as without "help".
      return Arrays.copyOfRange(args, 1, args.length);
    }
    String[] changed = Arrays.copyOfRange(args, 1, args.length + 1);
    changed[args.length - 1] = "--help";
    return changed;
  }

  /** All commands with their options, for whoever describes them. */
  public static CommandLine commandLine() {
    return commandLine(new Context(Terminal.ofThisProcess(), Environment.ofThisProcess()));
  }

  static CommandLine commandLine(Context context) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.addSubcommand(
        new WizardCommand(
            context, STANDARD_INPUT, Path.of("/"), arguments -> run(context, arguments)));
    commandLine.addSubcommand(new DemoCommand(context));
    commandLine.addSubcommand(new MigrateCommand(context));
    commandLine.addSubcommand(new MediaCommand(context));
    commandLine.addSubcommand(new KeysCommand(context));
    commandLine.addSubcommand(new ConfigCommand(context));
    commandLine.addSubcommand(new LinkOidcCommand(context));
    commandLine.addSubcommand(new VerifyCommand(context));
    commandLine.addSubcommand(new PlanCommand(context));
    commandLine.addSubcommand(new CheckCommand(context));
    commandLine.addSubcommand(new DocsCommand(context));
    commandLine.addSubcommand(
        new CommandLine(new NewCommand(context)).addSubcommand(new NewMappingCommand(context)));
    commandLine.addSubcommand(
        new CommandLine(new SchemaCommand(context))
            .addSubcommand(new SchemaCaptureCommand(context))
            .addSubcommand(new SchemaDiffCommand(context)));
    for (CommandLine command : all(commandLine)) {
      command
          .setOut(context.screen().out())
          .setErr(context.screen().err())
          .setUsageHelpWidth(Math.max(80, Math.min(120, context.screen().width())))
          .setUsageHelpLongOptionsMaxWidth(30)
          .setExpandAtFiles(false)
          .setParameterExceptionHandler(new UsageErrors());
      command
          .getCommandSpec()
          .usageMessage()
          .sortOptions(false)
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(exitCodes());
    }
    return commandLine;
  }

  private static List<CommandLine> all(CommandLine commandLine) {
    List<CommandLine> all = new ArrayList<>();
    all.add(commandLine);
    commandLine.getSubcommands().values().forEach(command -> all.addAll(all(command)));
    return all;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(String.valueOf(code.number()), code.meaning());
    }
    return codes;
  }

  /** Without a command: the wizard, if the launcher says that there is a person at a terminal. */
  @Override
  public Integer call() {
    if (Boolean.getBoolean("d2s.conversation")) {
      return spec.commandLine().execute("wizard");
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
