package d2s.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.cli.html.Html;
import d2s.cli.output.Format;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The report as one page that refers to nothing else. It is well-formed XML, too. */
final class ReportPage {

  private static final int ITEMS = 200;

  /** A word of so many letters does not fit a column beside others. */
  private static final Pattern LONG_WORD = Pattern.compile("\\S{37}");

  private static final int SHORT = 12;

  private final JsonNode migration;
  private final JsonNode verification;
  private final boolean dryRun;
  private final StringBuilder html = new StringBuilder();
  private String[] tableColumns = {};

  ReportPage(JsonNode report) {
    this.migration = report.path("migration");
    this.verification = report.path("verification");
    this.dryRun = migration.path("dry_run").asBoolean();
  }

  String html() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.append("<title>From Dendrite to Synapse</title>\n<style>\n")
        .append(Html.style())
        .append(Html.resource(ReportPage.class, "report.css"))
        .append("</style>\n</head>\n<body>\n<main>\n<h1>From Dendrite to Synapse</h1>\n");
    if (!migration.isMissingNode()) {
      migrationParts();
    }
    if (!verification.isMissingNode()) {
      verificationPart();
    }
    next();
    if (!migration.isMissingNode()) {
      timings();
    }
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void migrationParts() {
    boolean committed = migration.path("committed").asBoolean();
    verdict(
        committed,
        committed
            ? "Synapse's database is loaded."
            : dryRun
                ? "A dry run: everything was rolled back."
                : "Not loaded: everything was rolled back.");
    html.append("<dl>");
    term("From", migration.path("source").asText());
    term("To", migration.path("target").asText());
    term("Finished", migration.path("finished").asText());
    term("Time", seconds(migration) + " s");
    html.append("</dl>\n");
    counts();
    skipped();
    files();
    warnings();
    lineage();
  }

  private void counts() {
    if (migration.path("counted").isEmpty()) {
      return;
    }
    begin(
        dryRun ? "What would be carried over" : "What was carried over",
        "Numbers on both sides",
        "What",
        "Dendrite",
        "Synapse",
        "Missing");
    for (JsonNode one : migration.path("counted")) {
      long source = one.path("source").asLong();
      long target = one.path("target").asLong();
      row(
          one.path("what").asText(),
          Format.count(source),
          Format.count(target),
          source == target ? "none" : Format.count(source - target));
    }
    end();
  }

  private void skipped() {
    if (migration.path("skipped").isEmpty()) {
      return;
    }
    Map<String, StringBuilder> reasons = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JsonNode one : migration.path("skipped")) {
      String reason = one.path("mapping").asText() + "\n" + one.path("reason").asText();
      int count = counts.merge(reason, 1, Integer::sum);
      if (count <= ITEMS) {
        reasons
            .computeIfAbsent(reason, any -> new StringBuilder())
            .append(count == 1 ? "" : ", ")
            .append(one.path("what").asText());
      }
    }
    begin(
        dryRun ? "Would not be carried over" : "Not carried over",
        "Each with its reason",
        "Of",
        "Reason",
        "Number",
        "Names");
    reasons.forEach(
        (reason, names) -> {
          String[] parts = reason.split("\n", 2);
          int count = counts.get(reason);
          row(parts[0], parts[1], Format.count(count), names + (count > ITEMS ? ", …" : ""));
        });
    end();
  }

  private void files() {
    if (migration.path("file_problems").isEmpty()) {
      return;
    }
    begin("Files that are not right", "The first of each kind", "Kind", "Of", "Row", "Path");
    for (JsonNode one : migration.path("file_problems")) {
      row(
          one.path("kind").asText().replace('_', ' '),
          one.path("mapping").asText(),
          one.path("what").asText(),
          one.path("path").asText());
    }
    end();
  }

  private void warnings() {
    boolean any = false;
    for (JsonNode one : migration.path("checks")) {
      any |= one.path("severity").asText().equals("warning");
    }
    if (!any) {
      return;
    }
    begin("Warnings", "What the check found before", "What", "Why", "What to do");
    for (JsonNode one : migration.path("checks")) {
      if (one.path("severity").asText().equals("warning")) {
        StringBuilder what = new StringBuilder(one.path("what").asText());
        one.path("rows").forEach(row -> what.append("\n– ").append(row.asText()));
        row(what.toString(), one.path("cause").asText(), one.path("cure").asText());
      }
    }
    end();
  }

  /** Which phase brings how many rows from one side to the other. */
  private void lineage() {
    Map<String, long[]> phases = new LinkedHashMap<>();
    for (JsonNode step : migration.path("steps")) {
      long[] rows = phases.computeIfAbsent(step.path("phase").asText(), any -> new long[2]);
      rows[0] += step.path("rows_read").asLong();
      step.path("rows_written").forEach(count -> rows[1] += count.asLong());
    }
    if (phases.isEmpty()) {
      return;
    }
    html.append("<section class=\"whole\"><h2>The way of the rows</h2>\n");
    html.append(new Lineage(phases).svg());
    html.append("</section>\n");
  }

  private void timings() {
    begin("Time by mapping", "Seconds and rows", "Phase", "Mapping", "Seconds", "Read", "Written");
    for (JsonNode step : migration.path("steps")) {
      StringBuilder written = new StringBuilder();
      step.path("rows_written")
          .properties()
          .forEach(
              table ->
                  written
                      .append(written.length() == 0 ? "" : ", ")
                      .append(table.getKey())
                      .append(' ')
                      .append(Format.count(table.getValue().asLong())));
      row(
          step.path("phase").asText(),
          step.path("mapping").asText(),
          seconds(step),
          Format.count(step.path("rows_read").asLong()),
          written.toString());
    }
    end();
  }

  private void verificationPart() {
    boolean right = true;
    for (JsonNode one : verification.path("verifications")) {
      right &= !isBad(one);
    }
    html.append("<section><h2>Verification</h2>\n");
    verdict(
        right,
        right
            ? "Everything that was verified is right."
            : verification.path("used").asBoolean()
                ? "Synapse has been started since. It differs where it has been used."
                : "Something is not right.");
    html.append("</section>\n");
    begin(
        "Every verification",
        "What it proves, and what it found",
        "Name",
        "Proves",
        "Checked",
        "Failed");
    for (JsonNode one : verification.path("verifications")) {
      StringBuilder found = new StringBuilder(Format.count(one.path("failed").asLong()));
      for (String list : new String[] {"findings", "notes"}) {
        one.path(list)
            .forEach(
                finding ->
                    found
                        .append("\n– ")
                        .append(finding.path("what").asText())
                        .append(": ")
                        .append(finding.path("reason").asText()));
      }
      row(
          one.path("name").asText(),
          one.path("proves").asText(),
          Format.count(one.path("checked").asLong()),
          found.toString());
    }
    end();
  }

  private static boolean isBad(JsonNode verification) {
    return verification.path("failed").asLong() > 0
        || verification.path("outcome").asText().equals("error");
  }

  private void next() {
    html.append("<section class=\"whole\"><h2>Next</h2>\n<ol>");
    if (migration.path("committed").asBoolean() && verification.isMissingNode()) {
      html.append("<li>Run <code>d2s verify</code> with the same options.</li>");
    }
    if (!migration.path("committed").asBoolean() && verification.isMissingNode()) {
      html.append("<li>Stop Dendrite and Synapse, and run <code>d2s migrate</code>.</li>");
    } else {
      html.append("<li>Start Synapse, log in, and open the proxy.</li>");
      html.append("<li>Keep Dendrite's database and files until nobody misses anything.</li>");
    }
    html.append("</ol></section>\n");
  }

  private void verdict(boolean good, String text) {
    html.append("<p class=\"").append(good ? "good" : "bad").append("\">");
    html.append(good ? "✓ " : "✗ ").append(escape(text)).append("</p>\n");
  }

  private void term(String name, String value) {
    html.append("<dt>")
        .append(escape(name))
        .append("</dt><dd>")
        .append(escape(value))
        .append("</dd>");
  }

  private void begin(String heading, String caption, String... columns) {
    html.append("<section><h2>").append(escape(heading)).append("</h2>\n");
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(escape(heading))
        .append("\"><table><caption>")
        .append(escape(caption))
        .append("</caption><thead><tr>");
    tableColumns = columns;
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(escape(column)).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
  }

  private void row(String... cells) {
    html.append("<tr>");
    for (int i = 0; i < cells.length; i++) {
      html.append(i == 0 ? "<th scope=\"row\"" : "<td");
      html.append(size(cells[i]));
      html.append(i == 0 ? ">" : " data-label=\"" + Html.escape(tableColumns[i]) + "\">");
      html.append(escape(cells[i]));
      html.append(i == 0 ? "</th>" : "</td>");
    }
    html.append("</tr>\n");
  }

  private static String size(String cell) {
    if (LONG_WORD.matcher(cell).find()) {
      return " class=\"long\"";
    }
    return cell.length() <= SHORT ? " class=\"short\"" : " class=\"usual\"";
  }

  private void end() {
    html.append("</tbody></table></div></section>\n");
  }

  private static String seconds(JsonNode node) {
    return Format.seconds(Duration.ofMillis((long) (node.path("seconds").asDouble() * 1000)));
  }

  /** Names come from users; nothing in them is markup. */
  static String escape(String text) {
    return Html.escape(text).replace("\n", "<br/>");
  }
}
