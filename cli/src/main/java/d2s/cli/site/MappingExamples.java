package d2s.cli.site;

import d2s.cli.page.Page;
import d2s.engine.mapping.Mapping;

/** The examples of a mapping file: rows of the source, and the rows that they become. */
final class MappingExamples {

  private final Page page;

  MappingExamples(Page page) {
    this.page = page;
  }

  void write(Mapping mapping) {}
}
