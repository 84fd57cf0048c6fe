package d2s.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.cli.output.ResultDocument;
import d2s.engine.result.RunResult;
import d2s.engine.verify.VerificationResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder with the report. A migration writes it anew, a verification completes it.
 *
 * <p>The report holds names of users, rooms and files, and no secret: no token, no password, no
 * message.
 */
public final class ReportFolder {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Half of a surrogate pair: a name in JSON can be one, and no file in UTF-8 can hold it. */
  private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

  private final Path folder;

  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the report of a migration.
   *
   * @return the page for people
   */
  public Path writeMigration(String source, String target, RunResult result, boolean dryRun)
      throws IOException {
    ResultDocument document = new ResultDocument("migrate");
    document.run(result, dryRun);
    ObjectNode migration = JSON.valueToTree(document.content());
    migration.remove(List.of("command", "outcome", "exit_code"));
    migration.put("source", source);
    migration.put("target", target);
    migration.put("finished", now());
    ObjectNode report = JSON.createObjectNode();
    report.put("format", 1);
    report.set("migration", migration);
    return write(report);
  }

  /** Adds what verifications came to; the page for people is the result. */
  public Path addVerification(VerificationResults results) throws IOException {
    ResultDocument document = new ResultDocument("verify");
    document.verifications(results);
    ObjectNode verification = JSON.valueToTree(document.content());
    verification.remove(List.of("command", "outcome", "exit_code"));
    verification.put("finished", now());
    ObjectNode report = read() instanceof ObjectNode known ? known : JSON.createObjectNode();
    report.put("format", 1);
    report.set("verification", verification);
    return write(report);
  }

  private JsonNode read() {
    try {
      return JSON.readTree(Files.readString(folder.resolve("report.json")));
    } catch (IOException e) {
      // There is none yet, or none that could be of use.
      return JSON.createObjectNode();
    }
  }

  private Path write(ObjectNode report) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.json"), json(report) + "\n");
    Path page = folder.resolve("report.html");
    Files.writeString(page, new ReportPage(report).html());
    return page;
  }

  /** In JSON a character can stand as its number, too. */
  private static String json(ObjectNode report) throws IOException {
    return HALF.matcher(JSON.writeValueAsString(report))
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
