package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import java.util.ArrayList;
import java.util.List;

/** What a verification found, noted and looked at. */
public final class FoundThings implements Findings {

  private final List<String> found = new ArrayList<>();
  private final List<String> noted = new ArrayList<>();
  private long looked;

  @Override
  public void looked(long things) {
    looked += things;
  }

  @Override
  public void found(String what, String wrong) {
    found.add(what + ": " + wrong);
  }

  @Override
  public void noted(String what, String why) {
    noted.add(what + ": " + why);
  }

  /** Each as {@code WHAT: WRONG}. */
  public List<String> found() {
    return found;
  }

  /** Each as {@code WHAT: WHY}. */
  public List<String> noted() {
    return noted;
  }

  /** How many things were looked at. */
  public long count() {
    return looked;
  }
}
