package d2s.cli.framework;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "at postgres://u:s3cr3t@h/d | at postgres://u:********@h/d",
        "postgres://u:s3c@r3t@h/d | postgres://u:********@h/d",
        "host=h password=s3cr3t dbname=d | host=h password=******** dbname=d",
        "PASSWORD = 's3 cr\\'3t' x | PASSWORD = ******** x",
        "jdbc:postgresql://h/d?user=u&password=s3cr3t&ssl=true"
            + " | jdbc:postgresql://h/d?user=u&password=********&ssl=true",
        "sslpassword=s3cr3t | sslpassword=********",
        "password='s3cr3t | password=********",
        "nothing at http://h:1/d here | nothing at http://h:1/d here",
      })
  void masksPasswords(String text, String masked) {
    assertThat(Redaction.of(text)).isEqualTo(masked);
  }
}
