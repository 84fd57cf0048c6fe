package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every document: links lead somewhere, sentences are short, words are current. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..");

  /** Few sentences need more than thirty words; none needs more than these. */
  private static final int WORDS = 40;

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE_CODE = Pattern.compile("`+[^`]+`+");

  /** Keys that the mapping language had before; a colon follows, as in an example. */
  private static final Pattern OLD_KEY =
      Pattern.compile("(?m)^ {4,}[- {]*(about|requires|each|marker|by|after|failed|what|loading):");

  /** Words that were replaced: outcomes, exit codes and names of classes. */
  private static final Pattern OLD_WORD =
      Pattern.compile(
          "\\b(nothing_there|SideBySide|StepRun|RowStep|HookStep|SqlStep|LastLook|Spool|RowTaker"
              + "|TargetRows|CopyBuffer|ComputedValues|OpenRelations|LookupRows|OpenParts"
              + "|RunFailed|DatabaseLost|ExpressionFailed|InvalidMappings|HouseTest)\\b"
              + "|`fault`|\\bversion gates?\\b|\\bearns a note\\b");

  /** A class as documents for developers name it, perhaps with a method. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z]+[a-z][A-Za-z0-9]*)(\\.[a-z]\\w*)?`");

  /** A document as comments of the code name it, with or without its folders. */
  private static final Pattern DOCUMENT = Pattern.compile("[A-Za-z0-9][\\w/-]*\\.md\\b");

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "TODO.md").map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    String text = withoutCode(Files.readString(document));
    List<String> broken =
        LINK.matcher(INLINE_CODE.matcher(text).replaceAll("code"))
            .results()
            .map(match -> match.group(1))
            .filter(link -> !link.matches("[a-z]+:.*"))
            .filter(link -> !isThere(document, link))
            .toList();

    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void sentencesAreShort(Path document) throws IOException {
    assertThat(sentences(Files.readString(document)))
        .filteredOn(sentence -> sentence.split("\\s+").length > WORDS)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void wordsAreCurrent(Path document) throws IOException {
    String text = Files.readString(document);

    assertThat(OLD_KEY.matcher(text).results().map(MatchResult::group)).isEmpty();
    assertThat(OLD_WORD.matcher(text).results().map(MatchResult::group)).isEmpty();
  }

  @Test
  void namedClassesExist() throws IOException {
    Set<String> classes = classes();
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      if (document.toString().matches(".*/docs/(adr|development|howto)/.*")) {
        CLASS
            .matcher(Files.readString(document))
            .results()
            .map(match -> match.group(1))
            .filter(name -> !classes.contains(name) && !isOfJava(name))
            .forEach(name -> unknown.add(document + ": " + name));
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** Whoever reads the code has nothing but this repository. */
  @Test
  void documentsThatTheCodeNamesExist() throws IOException {
    List<String> known =
        documents().stream().map(path -> "/" + path.toString().replace('\\', '/')).toList();
    Set<String> unknown = new TreeSet<>();
    List<Path> folders = new ArrayList<>(sources());
    folders.add(ROOT.resolve("mappings").resolve("dendrite-to-synapse"));
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(file -> file.toString().matches(".*\\.(java|yaml)")).toList()) {
          DOCUMENT
              .matcher(Files.readString(file))
              .results()
              .map(MatchResult::group)
              .filter(name -> known.stream().noneMatch(path -> path.endsWith("/" + name)))
              .forEach(name -> unknown.add(file.getFileName() + ": " + name));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.walk(ROOT, 3)) {
      return modules.filter(folder -> folder.endsWith("src")).toList();
    }
  }

  /** The simple names of all classes of all modules, which are at most two folders deep. */
  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (Path source : sources()) {
      try (Stream<Path> files = Files.walk(source)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.substring(0, name.indexOf('.'))));
      }
    }
    return classes;
  }

  private static boolean isOfJava(String name) {
    try {
      Class.forName("java.lang." + name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void sentencesAreFound() {
    String text =
        """
        # A heading. With a point

        One sentence
        on two lines. Another, with `a. b` in it!

            code. of. examples.

        - An item: one
          sentence.
        - Version 1.5 is no end

        | a | table. |
        """;
    assertThat(sentences(text))
        .containsExactly(
            "One sentence on two lines.",
            "Another, with code in it!",
            "An item: one sentence.",
            "Version 1.5 is no end");
  }

  private static boolean isThere(Path document, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target =
        path.isEmpty()
            ? document
            : document.resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8));
    if (!Files.exists(target)) {
      return false;
    }
    try {
      return hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1));
    } catch (IOException e) {
      return false;
    }
  }

  /** What links to the headings of a text look like. */
  private static List<String> anchors(String text) {
    return withoutCode(text)
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** Without indented and fenced parts. */
  private static String withoutCode(String text) {
    return text.replaceAll("(?ms)^ *```.*?^ *```", "").replaceAll("(?m)^(    |\t).*$", "");
  }

  /** The sentences of paragraphs and lists; tables and headings have none. */
  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : (withoutCode(text) + "\n\n").split("\n", -1)) {
      boolean begins = line.matches("\\s*([-*]|\\d+\\.) .*");
      boolean isProse = !line.isBlank() && !line.matches("(#|\\||<!--|>).*");
      if (begins || !isProse) {
        for (String sentence : paragraph.toString().split("(?<=[.!?]\\*{0,2}) ")) {
          if (!sentence.isBlank()) {
            sentences.add(sentence.strip());
          }
        }
        paragraph.setLength(0);
      }
      if (isProse) {
        String plain = INLINE_CODE.matcher(line).replaceAll("code");
        plain = plain.replaceFirst("^\\s*([-*]|\\d+\\.) ", "").replaceAll("\\]\\([^)]*\\)", "]");
        paragraph.append(plain.strip()).append(' ');
      }
    }
    return sentences;
  }
}
