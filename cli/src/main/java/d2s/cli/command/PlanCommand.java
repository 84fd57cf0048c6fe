package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.AcceptUnknownOption;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.StagingOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.Table;
import d2s.cli.schemas.SchemaCheck;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code d2s plan}. */
@CommandLine.Command(
    name = "plan",
    description = {
      "Print what a migration would run, in which order, and why in that order. Nothing is changed.",
      "",
      "Without databases, the plan is that for the newest schemas that ship with the program.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s plan",
      "  d2s plan --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s plan --dendrite-db dbname=dendrite --synapse-db dbname=synapse \\",
      "      --server-name example.org --json"
    })
public final class PlanCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private StagingOptions stagingOptions;
  @Mixin private AcceptUnknownOption acceptUnknown;
  @Mixin private MappingOptions mappingOptions;

  public PlanCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases =
        databaseOptions.resolve(stagingOptions, acceptUnknown, context().surroundings(), layouts);
    databases.notes().forEach(console::warn);
    MappingSet set = mappingOptions.load();
    List<SchemaCheck> inspections =
        SchemaCheck.of(set, layouts, databases, console, document, interruption);
    Plan plan = inspections.get(inspections.size() - 1).result().plan();
    List<String> phases = set.phases().stream().map(phase -> phase.name().value()).toList();
    console.print(phases(set.phases()).lines(console.screen().width()));
    console.print("");
    console.print(steps(plan, phases).lines(console.screen().width()));
    if (!plan.omitted().isEmpty()) {
      console.print("");
      plan.omitted().forEach(one -> console.print("Omitted: " + one.name() + ", " + one.reason()));
    }
    document.put("phases", phases);
    document.put("steps", plan.steps().stream().map(PlanCommand::object).toList());
    document.put(
        "omitted",
        plan.omitted().stream()
            .map(one -> Map.of("mapping", one.name(), "reason", one.reason()))
            .toList());
    return ExitCode.DONE;
  }

  private static Table phases(List<Phase> phases) {
    Table table =
        new Table(
            Table.Column.number("No."), Table.Column.text("Phase"), Table.Column.text("What"));
    int number = 0;
    for (Phase phase : phases) {
      number++;
      table.row(
          String.valueOf(number),
          phase.name().value(),
          phase.description().value().strip().replaceAll("\\s+", " "));
    }
    return table;
  }

  private static Table steps(Plan plan, List<String> phases) {
    Table table =
        new Table(
            Table.Column.number("Step"),
            Table.Column.number("Phase"),
            Table.Column.text("Mapping"),
            Table.Column.text("Fills, and what it comes after"));
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      List<String> parts = new ArrayList<>(step.fills());
      for (Map.Entry<String, String> reason : step.after().entrySet()) {
        parts.add("after " + reason.getKey() + " (" + reason.getValue() + ")");
      }
      table.row(
          String.valueOf(number),
          String.valueOf(phases.indexOf(step.phase()) + 1),
          step.name(),
          parts.stream().collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static Map<String, Object> object(Step step) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("phase", step.phase());
    object.put("mapping", step.name());
    object.put("reads", step.reads());
    object.put("fills", step.fills());
    object.put("after", step.after());
    return object;
  }
}
