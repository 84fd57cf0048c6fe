package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about files and thumbnails. None of them touches the content of a file. */
final class MediaRules {
  private static final Pattern DISPOSITION =
      Pattern.compile("(inline|attachment)(?:; filename(\\*=utf-8''|=)(.*))?");
  private static final Pattern CROP = Pattern.compile("width=(\\d+)&height=(\\d+)&method=crop");

  private MediaRules() {}

  static Item untyped(Item item, Background background) {
    return text(item.before(), "type").isEmpty()
            && text(item.after(), "type").equals("application/octet-stream")
        ? withAfter(item, "type", "")
        : item;
  }

  static Item charset(Item item, Background background) {
    String before = text(item.before(), "type");
    return before.matches("text/.*|.*[/+](json|xml)")
            && text(item.after(), "type").equals(before + "; charset=UTF-8")
        ? withAfter(item, "type", before)
        : item;
  }

  /** Inline or attachment, and the name of a Content-Disposition header; the name may be "". */
  private record Disposition(boolean inline, String name) {
    static Disposition of(String header) {
      Matcher matcher = DISPOSITION.matcher(header);
      if (!matcher.matches()) {
        return null;
      }
      String name = matcher.group(3) == null ? "" : matcher.group(3);
      if ("*=utf-8''".equals(matcher.group(2))) {
        // Dendrite writes a space as '+' and a quotation mark with a backslash, as in a form.
        name = URLDecoder.decode(name, StandardCharsets.UTF_8).replace("\\\"", "\"");
      } else if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
        name = name.substring(1, name.length() - 1).replace("\\\"", "\"");
      }
      return new Disposition(matcher.group(1).equals("inline"), name);
    }
  }

  static Item disposition(Item item, Background background) {
    Disposition before = Disposition.of(text(item.before(), "disposition"));
    Disposition after = Disposition.of(text(item.after(), "disposition"));
    if (before == null || after == null || !before.name().equals(after.name())) {
      return item;
    }
    String type = text(item.before(), "type");
    boolean dendriteIsShy = before.name().isEmpty() || type.contains(";");
    boolean same = before.inline() == after.inline() || after.inline() && dendriteIsShy;
    return same ? withAfter(item, "disposition", text(item.before(), "disposition")) : item;
  }

  /** With dynamic_thumbnails Synapse does not use thumbnails of another type than PNG. */
  static Item madeAnew(Item item, Background background) {
    String before = text(item.before(), "dims");
    String after = text(item.after(), "dims");
    if (!text(item.after(), "type").equals("image/png")) {
      return item;
    }
    Matcher crop = CROP.matcher(item.key());
    boolean asAsked = crop.find() && after.equals(crop.group(1) + "x" + crop.group(2));
    return after.equals(before) || asAsked ? item.explained() : item;
  }

  private static String text(JsonNode answer, String field) {
    return answer == null ? "no answer" : answer.path(field).asText("nothing");
  }

  private static Item withAfter(Item item, String field, String value) {
    ObjectNode after = item.after().deepCopy();
    return item.with(item.before(), after.put(field, value));
  }
}
