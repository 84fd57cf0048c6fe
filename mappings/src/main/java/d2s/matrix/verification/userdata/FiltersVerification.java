package d2s.matrix.verification.userdata;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** {@code user_filters}: clients go on using the numbers that they were given. */
public final class FiltersVerification extends Comparisons {

  @Override
  public String name() {
    return "filters";
  }

  @Override
  public String proves() {
    return "Every stored filter has its number and its content.";
  }

  @Override
  public List<String> tables() {
    return List.of("user_filters");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "filter",
            """
            select '@' || f.localpart || ':' || a.server_name || ' ' || f.id as key, f.localpart as user_id,
                   f.filter as content
            from syncapi_filter f join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart)
            """,
            """
            select full_user_id || ' ' || filter_id as key, user_id,
                   convert_from(filter_json, 'UTF8') as content
            from user_filters
            """));
  }
}
