package d2s.cli.report;

import d2s.cli.output.Format;
import java.util.Map;

/**
 * A picture: Dendrite on the left, Synapse on the right, and between them a band for each phase.
 */
final class Lineage {

  private static final int ROW = 34;
  private static final int TOP = 12;
  private static final int WIDTH = 720;

  private final Map<String, long[]> phases;

  /**
   * @param phases rows read and rows written by phase
   */
  Lineage(Map<String, long[]> phases) {
    this.phases = phases;
  }

  String svg() {
    int height = TOP * 2 + ROW * phases.size();
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(height);
    svg.append("\" role=\"img\" aria-labelledby=\"lineage\"><title id=\"lineage\">");
    StringBuilder sentence = new StringBuilder("Rows read from Dendrite and written to Synapse: ");
    phases.forEach(
        (phase, rows) ->
            sentence
                .append(phase)
                .append(' ')
                .append(Format.count(rows[0]))
                .append(" to ")
                .append(Format.count(rows[1]))
                .append("; "));
    svg.append(ReportPage.escape(sentence.toString().strip())).append("</title>\n");
    side(svg, 0, "Dendrite", height);
    side(svg, WIDTH - 110, "Synapse", height);
    long most =
        phases.values().stream().mapToLong(rows -> Math.max(rows[0], rows[1])).max().orElse(1);
    int y = TOP;
    for (Map.Entry<String, long[]> phase : phases.entrySet()) {
      band(svg, y, phase.getKey(), phase.getValue(), most);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void side(StringBuilder svg, int x, String name, int height) {
    svg.append("<rect class=\"side\" x=\"").append(x).append("\" y=\"2\" width=\"110\" height=\"");
    svg.append(height - 4).append("\" rx=\"6\"/>");
    text(svg, x + 55, height / 2 + 5, "name", name);
  }

  /** As thick on each side as it has rows there; by the square root, or the small would vanish. */
  private static void band(StringBuilder svg, int y, String phase, long[] rows, long most) {
    double left = thickness(rows[0], most);
    double right = thickness(rows[1], most);
    double middle = y + ROW / 2.0;
    svg.append("<path class=\"band\" d=\"M110 ").append(middle - left / 2);
    svg.append(" L610 ").append(middle - right / 2).append(" L610 ").append(middle + right / 2);
    svg.append(" L110 ").append(middle + left / 2).append(" Z\"/>");
    text(svg, 170, (int) middle + 4, "number", Format.count(rows[0]));
    text(svg, 360, (int) middle + 4, "phase", phase);
    text(svg, 550, (int) middle + 4, "number", Format.count(rows[1]));
    svg.append('\n');
  }

  private static double thickness(long rows, long most) {
    return 2 + (ROW - 8) * Math.sqrt((double) rows / Math.max(1, most));
  }

  private static void text(StringBuilder svg, int x, int y, String kind, String text) {
    svg.append("<text class=\"").append(kind).append("\" x=\"").append(x).append("\" y=\"");
    svg.append(y).append("\" text-anchor=\"middle\">").append(ReportPage.escape(text));
    svg.append("</text>");
  }
}
