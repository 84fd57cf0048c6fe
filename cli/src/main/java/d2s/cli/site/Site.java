package d2s.cli.site;

import d2s.cli.html.Html;
import d2s.cli.page.Links;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Table;
import d2s.engine.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The mapping files as a folder of pages. It works from the file system, and is the same for the
 * same files.
 */
public final class Site {

  /** Lists the files of a site, so that a later one can take their place. */
  private static final String LIST = "site-files.txt";

  private final Lineage lineage;

  public Site(Lineage lineage) {
    this.lineage = lineage;
  }

  /** Whether a site can be written here: in a new or empty folder, or in the place of a site. */
  public static boolean isPossible(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty() || Files.isRegularFile(folder.resolve(LIST));
    }
  }

  /**
   * Writes all pages, in the place of those of an earlier site.
   *
   * @return the first page
   */
  public Path write(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(LIST))) {
      for (String file : Files.readAllLines(folder.resolve(LIST))) {
        Path old = folder.resolve(file).normalize();
        if (old.startsWith(folder.normalize())) {
          Files.deleteIfExists(old);
        }
      }
    }
    Map<String, String> files = files();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.writeString(folder.resolve(LIST), String.join("\n", files.keySet()) + "\n");
    return folder.resolve(Links.INDEX);
  }

  /** The content of every file by its path. */
  public Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(Links.INDEX, new IndexPage(lineage).write());
    files.put(Links.SET, new SetPage(lineage).write());
    SearchPage search = new SearchPage(lineage);
    files.put(Links.SEARCH, search.write());
    files.put("search-data.js", search.data());
    files.put("search.js", Html.resource(Site.class, "search.js"));
    files.put("style.css", Html.style() + Html.resource(Site.class, "site.css"));
    for (MappingLineage one : lineage.mappings()) {
      files.put(Links.mapping(one.name()), new MappingPage(lineage, one).write());
    }
    for (Side side : Side.values()) {
      files.put(Links.tables(side), new TableListPage(lineage, side).write());
      for (Table table : lineage.schema(side).tables()) {
        files.put(Links.table(side, table.name()), new TablePage(lineage, side, table).write());
      }
    }
    for (SourceText source : sources()) {
      files.put(FilePage.path(source), FilePage.write(lineage, source));
    }
    return files;
  }

  private List<SourceText> sources() {
    Map<String, SourceText> sources = new LinkedHashMap<>();
    List<SourceText> all = new ArrayList<>();
    all.add(lineage.set().name().at().source());
    lineage.mappings().forEach(one -> all.add(one.mapping().name().at().source()));
    lineage.set().ledger().forEach(entry -> all.add(entry.table().at().source()));
    all.forEach(source -> sources.put(source.name(), source));
    return List.copyOf(sources.values());
  }
}
