package d2s.engine.query;

import d2s.engine.yaml.Position;
import d2s.engine.yaml.Text;
import java.util.List;
import java.util.Optional;

/**
 * Finds in the mapping files what stands at a place of a statement that was made of several of
 * their texts.
 */
record SqlPlace(Queries queries, String statement) {

  /**
   * The place of a character.
   *
   * @param index counted from 0
   * @param written the texts of which the statement was made, views aside
   */
  Optional<Position> of(int index, List<Text> written) {
    for (Text text : written) {
      int leading = text.value().length() - text.value().stripLeading().length();
      int with = Queries.endOfWith(text.value().strip());
      for (int skipped : with == 0 ? new int[] {0} : new int[] {0, with}) {
        String raw = text.value().strip().substring(skipped);
        int blank = raw.length() - raw.stripLeading().length();
        raw = raw.strip();
        String part = queries.withFacts(raw);
        int at = statement.lastIndexOf(part);
        while (at >= 0 && !part.isEmpty()) {
          if (index >= at && index < at + part.length()) {
            int place = queries.placeBeforeFacts(raw, index - at);
            return Optional.of(text.at().inside(text.value(), leading + skipped + blank + place));
          }
          at = at == 0 ? -1 : statement.lastIndexOf(part, at - 1);
        }
      }
    }
    return Optional.empty();
  }
}
