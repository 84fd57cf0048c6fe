package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.schema.Column;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The bytes of rows of any length. */
class BinaryCopyPropertyTest {

  /** However much there is, the buffer grows without losing what is in it. */
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void manyRowsAreOneAfterTheOther(@ForAll("texts") List<String> texts) throws IOException {
    List<Column> columns =
        List.of(
            BinaryCopyBytesTest.column("a", "text"),
            BinaryCopyBytesTest.column("b", "int2"),
            BinaryCopyBytesTest.column("c", "bool"));
    BinaryCopyEncoder encoder = new BinaryCopyEncoder("t", columns);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(expected);
    out.write(HexFormat.of().parseHex(BinaryCopyBytesTest.HEADER));
    int empty = encoder.size();
    for (String text : texts) {
      CopyTarget.add(encoder, columns, text, (long) text.length(), text.isEmpty());
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeShort(3);
      out.writeInt(utf8.length);
      out.write(utf8);
      out.writeInt(2);
      out.writeShort(text.length());
      out.writeInt(1);
      out.writeBoolean(text.isEmpty());
    }
    assertThat(encoder.rows()).isEqualTo(texts.size());
    assertThat(encoder.size()).isEqualTo(expected.size());
    out.writeShort(-1);
    CopyChunk chunk = encoder.take();

    assertThat(BinaryCopyBytesTest.hex(chunk.bytes()))
        .isEqualTo(BinaryCopyBytesTest.hex(expected.toByteArray()));
    assertThat(chunk.rows()).isEqualTo(texts.size());
    assertThat(encoder.size()).isEqualTo(empty).isEqualTo(BinaryCopyBytesTest.HEADER.length() / 2);
    assertThat(encoder.rows()).isZero();
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings()
        .withChars("aé€\t\\")
        .withCharRange('\u4e00', '\u4e80')
        .ofMaxLength(12_000)
        .list()
        .ofMaxSize(12);
  }
}
