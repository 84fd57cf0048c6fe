package d2s.cli.page;

import d2s.engine.docs.MappingLineage;
import d2s.engine.mapping.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mappings of one phase between the tables that they read and those that they fill. */
public final class PhasePicture {

  /** Between the names and the boxes. */
  private static final int GAP = 90;

  /** A table; no column is meant. */
  private record Node(Side side, String table) {}

  private final List<MappingLineage> mappings;
  private final Map<Node, Integer> left;
  private final Map<Node, Integer> right;
  private final int height;
  private final int leftEnd;
  private final int box;
  private final int boxWidth;
  private final int rightStart;
  private final Map<MappingLineage, Integer> middle = new LinkedHashMap<>();

  public PhasePicture(List<MappingLineage> mappings) {
    this.mappings = mappings;
    int rows = Math.max(mappings.size(), Math.max(nodes(true).size(), nodes(false).size()));
    this.height = (rows + 1) * Picture.ROW;
    for (int i = 0; i < mappings.size(); i++) {
      middle.put(mappings.get(i), place(i, mappings.size()));
    }
    this.leftEnd = Picture.width(nodes(true).stream().map(Node::table));
    this.box = leftEnd + GAP;
    this.boxWidth = Picture.width(mappings.stream().map(MappingLineage::name)) + 16;
    this.rightStart = box + boxWidth + GAP;
    this.left = places(true);
    this.right = places(false);
  }

  public void draw(Page page, String label) {
    int width = rightStart + Picture.width(nodes(false).stream().map(Node::table));
    Picture picture = new Picture(page, label, width, height);
    left.forEach((node, y) -> name(picture, node, leftEnd, y, "end"));
    for (MappingLineage mapping : mappings) {
      int y = middle.get(mapping);
      picture.begin("way");
      nodes(mapping, true).forEach(node -> picture.curve(leftEnd + 8, left.get(node), box, y));
      nodes(mapping, false)
          .forEach(node -> picture.curve(box + boxWidth, y, rightStart - 8, right.get(node)));
      picture.box(box, y - 9, boxWidth, 18);
      picture.name(
          box + boxWidth / 2, y, "middle", "", mapping.name(), Links.mapping(mapping.name()));
      picture.end();
    }
    right.forEach((node, y) -> name(picture, node, rightStart, y, "start"));
    picture.finish();
  }

  private static void name(Picture picture, Node node, int x, int y, String anchor) {
    boolean again = anchor.equals("end") && node.side() == Side.TARGET;
    picture.name(
        x, y, anchor, again ? "again" : "", node.table(), Links.table(node.side(), node.table()));
  }

  private static List<Node> nodes(MappingLineage mapping, boolean read) {
    List<Node> nodes = new ArrayList<>();
    if (read) {
      mapping
          .tables()
          .forEach((side, tables) -> tables.forEach(table -> nodes.add(new Node(side, table))));
    } else {
      mapping.fills().forEach(table -> nodes.add(new Node(Side.TARGET, table)));
    }
    return nodes;
  }

  private List<Node> nodes(boolean read) {
    return mappings.stream().flatMap(mapping -> nodes(mapping, read).stream()).distinct().toList();
  }

  /** Each table as near as can be to the mappings that it belongs to, so that few lines cross. */
  private Map<Node, Integer> places(boolean read) {
    List<Node> nodes = new ArrayList<>(nodes(read));
    nodes.sort(
        Comparator.comparingDouble((Node node) -> centre(node, read)).thenComparing(Node::table));
    Map<Node, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      places.put(nodes.get(i), place(i, nodes.size()));
    }
    return places;
  }

  private double centre(Node node, boolean read) {
    return mappings.stream()
        .filter(mapping -> nodes(mapping, read).contains(node))
        .mapToInt(middle::get)
        .average()
        .orElse(0);
  }

  /** The rows of a side are spread over the whole height. */
  private int place(int index, int count) {
    return (int) Math.round((index + 0.5) * height / count);
  }
}
