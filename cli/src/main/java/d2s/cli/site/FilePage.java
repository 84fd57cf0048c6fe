package d2s.cli.site;

import d2s.cli.html.Html;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.engine.docs.Lineage;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;

/** A mapping file as it is, so that every place in it has an address. */
final class FilePage {

  private FilePage() {}

  static String path(SourceText source) {
    return Links.file(new Position(source, 1, 1));
  }

  static String write(Lineage lineage, SourceText source) {
    Page page = new Page(lineage, path(source), source.name());
    Html html = page.html().open("pre", "class", "file", "tabindex", "0");
    int number = 0;
    for (String line : source.text().lines().toList()) {
      number++;
      html.element("code", line, "id", "L" + number).line();
    }
    html.close("pre");
    return page.end(lineage);
  }
}
