package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Looks at the persons of the tests' shop. Some names make it do what verifications can do. */
public final class ShopVerification implements Verification {

  @Override
  public String name() {
    return "persons";
  }

  @Override
  public String proves() {
    return "Nobody is called Nobody.";
  }

  @Override
  public List<String> tables() {
    return List.of("shop_persons");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    try (Statement statement = context.target().createStatement();
        ResultSet rows = statement.executeQuery("select id, name from shop_persons order by id")) {
      while (rows.next()) {
        findings.looked();
        switch (rows.getString(2)) {
          case "Nobody" -> findings.found("person " + rows.getLong(1), "is nobody");
          case "asks what is not there" ->
              context.target().createStatement().executeQuery("select missing from shop_persons");
          case "breaks" -> throw new IllegalStateException("s3cret");
          case "" -> findings.found(context.fact("greeting").toString(), "is the greeting");
          default -> context.fact("greeting");
        }
      }
    }
  }
}
