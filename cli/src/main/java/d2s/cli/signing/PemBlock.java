package d2s.cli.signing;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of a PEM file, read like Go's {@code encoding/pem} reads it for Dendrite: text around
 * blocks does not count, a block that is not well formed is passed over, lines may end in any way.
 *
 * @param headers the lines with a colon at the top, e.g. {@code Key-ID}
 */
record PemBlock(String type, Map<String, String> headers, byte[] body) {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  static List<PemBlock> all(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    List<String> lines = text.lines().map(String::stripTrailing).toList();
    for (int start = 0; start < lines.size(); start++) {
      String line = lines.get(start);
      if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length()) {
        String type = line.substring(BEGIN.length(), line.length() - DASHES.length());
        int end = lines.subList(start, lines.size()).indexOf(END + type + DASHES);
        if (end > 0) {
          read(type, lines.subList(start + 1, start + end)).ifPresent(blocks::add);
          start += end;
        }
      }
    }
    return blocks;
  }

  private static Optional<PemBlock> read(String type, List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    int next = 0;
    while (next < lines.size() && lines.get(next).indexOf(':') >= 0) {
      String line = lines.get(next++);
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    String base64 = String.join("", lines.subList(next, lines.size())).replaceAll("\\s", "");
    try {
      return Optional.of(new PemBlock(type, headers, Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
