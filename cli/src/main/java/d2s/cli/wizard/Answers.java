package d2s.cli.wizard;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a person has answered, and which steps are done, kept in a file so that an interrupted
 * evening can go on. It never holds a password.
 */
final class Answers {

  private static final String DONE = "done";

  private final Path file;
  private final Properties values = new Properties();

  private Answers(Path file) {
    this.file = file;
  }

  static Answers read(Path file) throws IOException {
    Answers answers = new Answers(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        answers.values.load(reader);
      }
    }
    return answers;
  }

  Path file() {
    return file;
  }

  boolean isNew() {
    return values.isEmpty();
  }

  Optional<String> get(Question question) {
    return Optional.ofNullable(values.getProperty(question.key()));
  }

  void put(Question question, String answer) throws IOException {
    values.setProperty(question.key(), answer);
    write();
  }

  boolean isDone(String step) {
    return done().contains(step);
  }

  void finish(String step) throws IOException {
    Set<String> done = done();
    done.add(step);
    values.setProperty(DONE, String.join(",", done));
    write();
  }

  void forget() throws IOException {
    values.clear();
    Files.deleteIfExists(file);
  }

  private Set<String> done() {
    String text = values.getProperty(DONE, "");
    return new LinkedHashSet<>(text.isEmpty() ? Set.of() : Arrays.asList(text.split(",")));
  }

  /** In one go, so that an interruption leaves the old file or the new one. */
  private void write() throws IOException {
    StringWriter text = new StringWriter();
    values.store(text, "What d2s wizard was told, and what is done. Remove it to begin anew.");
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    Files.writeString(temporary, text.toString());
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
