package d2s.cli.linking;

import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.configuration.SingleSignOn;
import d2s.cli.connection.Database;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.linking.LinkPlan.Entry;
import d2s.cli.linking.LinkState.Effect;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.SynapseOptions;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s link-oidc}. */
@CommandLine.Command(
    name = "link-oidc",
    description = {
      "Link existing accounts to their ids at a provider of single sign-on.",
      "",
      "Without a link, the first login by single sign-on does not find the account. Synapse then"
          + " refuses it, or makes a second account such as @alexander1:example.org. This command"
          + " writes the links of a CSV file to Synapse's database, all or none of them.",
      "",
      "Stop Synapse first: it remembers links that it has read. Try --dry-run before, which also"
          + " works while Synapse is running.",
      ""
    },
    footer = {
      "",
      "Example of a file:",
      "  user,provider,sub",
      "  alexander,oidc-keycloak,0b6f2c3e-5d5e-4b0e-9a57-6c1f0ad1e0c1",
      "",
      "Examples:",
      "  d2s link-oidc links.csv --synapse-config homeserver.yaml --dry-run",
      "  d2s link-oidc links.csv --synapse-config homeserver.yaml"
    })
public final class LinkOidcCommand extends Command {

  /** Connections that were just closed may still be seen for a moment. */
  private static final int LOOKS = 10;

  private static final long PAUSE_MILLIS = 200;

  @Mixin private SynapseOptions synapseOptions;

  @CommandLine.Parameters(
      paramLabel = "FILE",
      description = {
        "CSV file in UTF-8 with the columns user, provider and sub. The user is a user ID or the"
            + " part of it before the colon. The provider is what Synapse calls it: oidc- and the"
            + " idp_id of oidc_providers. The sub is the user's id there, which never changes."
      })
  private Path file;

  @Option(
      names = "--dry-run",
      description = "Show what would change, and the links and accounts that look wrong.")
  private boolean dryRun;

  @Option(
      names = "--replace",
      description = {
        "Also take links away: from another account that has the sub, and from an account that has"
            + " another sub of the same provider."
      })
  private boolean replace;

  public LinkOidcCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases =
        DatabaseOptions.resolve(synapseOptions, context().surroundings());
    databases.notes().forEach(console::warn);
    List<LinkFile.Line> lines = LinkFile.read(file);
    checkProviders(lines, console);
    try (Database database = Database.open("Synapse", databases.requiredSynapse());
        Connection connection = database.getConnection()) {
      interruption.install("Interrupted.", database::cancel, () -> "Nothing was changed.");
      connection.setAutoCommit(false);
      return link(lines, connection, console, document);
    }
  }

  private ExitCode link(
      List<LinkFile.Line> lines, Connection connection, Console console, ResultDocument document)
      throws SQLException, CommandFailedException, InterruptedException {
    LinkTransaction transaction = new LinkTransaction(connection);
    if (!transaction.isSynapse()) {
      throw new CommandFailedException(
          ExitCode.REFUSED, "the database is not Synapse's: it has no table user_external_ids");
    }
    boolean running = isInUse(transaction);
    if (!dryRun) {
      if (running) {
        throw new CommandFailedException(
            ExitCode.REFUSED,
            "another program is connected to the database. Stop Synapse, which remembers links that"
                + " it has read, and close other connections. With --dry-run this does not matter");
      }
      transaction.lock();
    }
    Accounts accounts = Accounts.read(connection);
    LinkPlan plan = LinkPlan.of(lines, accounts);
    List<Link> stale = accounts.stale();
    List<AccidentalAccount> accidental = AccidentalAccount.find(connection);
    report(plan, stale, accidental, console);
    fill(document, plan, stale, accidental);
    List<String> reasons = reasons(plan);
    if (!reasons.isEmpty()) {
      throw new CommandFailedException(ExitCode.REFUSED, reasons, null);
    }
    if (dryRun) {
      connection.rollback();
      console.print("Dry run done. Nothing was changed.");
    } else {
      transaction.change(plan);
      transaction.commit();
      console.print("Done. " + changes(plan) + ".");
    }
    return ExitCode.DONE;
  }

  private static boolean isInUse(LinkTransaction transaction)
      throws SQLException, InterruptedException {
    for (int look = 1; transaction.others() > 0; look++) {
      if (look == LOOKS) {
        return true;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return false;
  }

  private void checkProviders(List<LinkFile.Line> lines, Console console)
      throws CommandFailedException {
    if (synapseOptions.configurations().isEmpty()) {
      console.warn(
          "without --synapse-config d2s cannot check that Synapse knows the providers of " + file);
      return;
    }
    Set<String> known;
    try {
      known = SingleSignOn.providers(synapseOptions.configurations());
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
    Map<String, Long> unknown = new TreeMap<>();
    for (LinkFile.Line line : lines) {
      if (!known.contains(line.link().provider())) {
        unknown.putIfAbsent(line.link().provider(), line.number());
      }
    }
    List<String> reasons = new ArrayList<>();
    unknown.forEach(
        (provider, number) ->
            reasons.add(
                file
                    + ":"
                    + number
                    + ": homeserver.yaml has no provider "
                    + provider
                    + (known.contains("oidc-" + provider)
                        ? "; did you mean oidc-" + provider + "?"
                        : known.isEmpty()
                            ? ": it has none. Add it to oidc_providers first"
                            : "; it has " + String.join(", ", known))));
    if (!reasons.isEmpty()) {
      throw new CommandFailedException(ExitCode.USAGE, reasons, null);
    }
  }

  private static void report(
      LinkPlan plan, List<Link> stale, List<AccidentalAccount> accidental, Console console) {
    boolean all = console.verbosity() > 0;
    console.print(LinkReport.lines(plan, all, console.screen().width()));
    console.print("");
    if (!stale.isEmpty()) {
      console.print("Links of accounts that are not there, or are deactivated:");
      console.print(LinkReport.some(stale, all));
      console.print("");
    }
    if (!accidental.isEmpty()) {
      console.print("Accounts that a login by single sign-on has probably made by accident:");
      console.print(LinkReport.some(accidental, all));
      console.print(
          "If one is, link its sub to the older account with --replace. Then deactivate it in"
              + " Synapse's admin API.");
      console.print("");
    }
  }

  private List<String> reasons(LinkPlan plan) {
    List<String> reasons = new ArrayList<>();
    for (LinkState state : LinkState.values()) {
      List<Entry> entries = plan.entries(state);
      boolean refused =
          state.effect() == Effect.REFUSE || state.effect() == Effect.REPLACE && !replace;
      if (!entries.isEmpty() && refused) {
        reasons.add(
            state.word()
                + ": "
                + Format.count(entries.size(), "line", "lines")
                + " of "
                + file
                + ", first "
                + entries.get(0)
                + (state.effect() == Effect.REPLACE
                    ? ". Give --replace to change such links"
                    : ". Correct or remove such lines"));
      }
    }
    if (!reasons.isEmpty()) {
      reasons.add("nothing was changed");
    }
    return reasons;
  }

  private static String changes(LinkPlan plan) {
    return Format.count(plan.additions().size(), "link", "links")
        + " made, "
        + Format.count(plan.removals().size(), "link", "links")
        + " removed";
  }

  private void fill(
      ResultDocument document,
      LinkPlan plan,
      List<Link> stale,
      List<AccidentalAccount> accidental) {
    document.put("dry_run", dryRun);
    document.put(
        "lines",
        plan.entries().stream()
            .map(
                entry ->
                    Map.of(
                        "line",
                        entry.line(),
                        "user",
                        entry.link().user(),
                        "provider",
                        entry.link().provider(),
                        "sub",
                        entry.link().sub(),
                        "state",
                        entry.state().name().toLowerCase(Locale.ROOT)))
            .toList());
    document.put("stale_links", stale.stream().map(Link::toString).toList());
    document.put(
        "accidental_accounts",
        accidental.stream()
            .map(account -> Map.of("user", account.user(), "original", account.original()))
            .toList());
  }
}
