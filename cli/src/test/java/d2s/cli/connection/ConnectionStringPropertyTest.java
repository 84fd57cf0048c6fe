package d2s.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConnectionStringPropertyTest {

  @Property
  void everyValueCanBeQuoted(@ForAll("texts") String password, @ForAll("texts") String database)
      throws InvalidConnectionStringException {
    assertThat(
            ConnectionString.parse(
                "password = " + quoted(password) + " dbname=" + quoted(database) + " host=h"))
        .isEqualTo(
            Map.of(
                ConnectionParameter.PASSWORD, password,
                ConnectionParameter.DATABASE, database,
                ConnectionParameter.HOST, "h"));
  }

  @Property
  void everyValueCanBePercentEncoded(@ForAll("texts") String password)
      throws InvalidConnectionStringException {
    String encoded =
        URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");

    assertThat(ConnectionString.parse("postgres://u:" + encoded + "@h/d"))
        .containsEntry(ConnectionParameter.PASSWORD, password);
    assertThat(ConnectionString.parse("postgres://h/d?password=" + encoded))
        .containsEntry(ConnectionParameter.PASSWORD, password);
    assertThat(ConnectionString.parse("jdbc:postgresql://h/d?password=" + encoded))
        .containsEntry(ConnectionParameter.PASSWORD, password);
  }

  @Property
  void whateverIsWrittenIsReadOrRefused(@ForAll("connectionLike") String text) {
    assertThatCode(
            () -> {
              try {
                ConnectionString.parse(text);
              } catch (InvalidConnectionStringException e) {
                assertThat(e).hasMessageMatching("(?s).{20,}");
              }
            })
        .doesNotThrowAnyException();
  }

  /** Anything but U+0000, which no connection can carry, and halves of surrogate pairs. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab '\\=&?@:/%+#[] \n\tüß€")
        .withCharRange('!', '~')
        .ofMinLength(1)
        .ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> connectionLike() {
    return Arbitraries.of("", "postgres://", "jdbc:postgresql:", "host=", "jdbc:postgresql://h/d?")
        .flatMap(
            start ->
                Arbitraries.strings()
                    .withChars("ab12'\\=&?@:/%+[] ,.")
                    .ofMaxLength(30)
                    .map(rest -> start + rest));
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
