package d2s.engine;

import d2s.engine.check.KnownBindings;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.RememberingDescriber;
import d2s.engine.verify.UnfitSql;
import d2s.engine.verify.VerificationCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Two databases without rows, with what mappings and verifications came to on them the last time.
 * One thread at a time asks for mappings, and one for verifications.
 */
public final class CatalogPair {

  private final CatalogDatabase source;
  private final CatalogDatabase target;
  private final RelationDescriber describer;
  private final RelationDescriber ofVerifications;
  private final KnownBindings bindings = new KnownBindings();

  /** With the facts that the verifications were asked with; null before they were. */
  private Map<String, Object> knownFacts;

  private List<UnfitSql> knownUnfit;

  public CatalogPair(CatalogDatabase source, CatalogDatabase target) {
    this.source = source;
    this.target = target;
    this.describer = describer(source.connection(), target.connection());
    this.ofVerifications = describer(source.verifications(), target.verifications());
  }

  private RelationDescriber describer(Connection ofSource, Connection ofTarget) {
    return new RememberingDescriber(
        new LiveDescriber(ofSource, ofTarget), source.memory(), target.memory());
  }

  CatalogDatabase source() {
    return source;
  }

  CatalogDatabase target() {
    return target;
  }

  RelationDescriber describer() {
    return describer;
  }

  KnownBindings bindings() {
    return bindings;
  }

  /** The SQL of verifications that does not fit. */
  List<UnfitSql> unfit(MappingSet set) throws SQLException {
    Map<String, Object> facts = VerificationCheck.samples(set, ofVerifications);
    if (!facts.equals(knownFacts)) {
      knownUnfit =
          new VerificationCheck(facts, source.verifications(), target.verifications()).unfit();
      knownFacts = facts;
    }
    return knownUnfit;
  }
}
