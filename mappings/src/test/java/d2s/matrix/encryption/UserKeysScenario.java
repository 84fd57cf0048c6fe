package d2s.matrix.encryption;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Dendrite stored about the keys of one user, and what the hook makes of it. */
final class UserKeysScenario implements Group, Emitter {

  private final String userId;
  private final Map<String, List<Object[]>> relations = new HashMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<String, RowShape> shapes = new HashMap<>();

  UserKeysScenario(String userId) {
    this.userId = userId;
    new UserKeys().reads().forEach(shape -> relations.put(shape.name(), new ArrayList<>()));
    new UserKeys().emits().forEach(shape -> shapes.put(shape.name(), shape));
  }

  UserKeysScenario key(int type, String keyData) {
    return add("cross_signing_keys", (long) type, keyData);
  }

  UserKeysScenario device(String deviceId, String json) {
    return device(deviceId, json, 1, null);
  }

  UserKeysScenario device(String deviceId, String json, long streamId, String displayName) {
    return add("devices", deviceId, json, 1_700_000_000L, streamId, displayName);
  }

  /** A signature by the user. */
  UserKeysScenario signature(String originKeyId, String target, String signature) {
    return signatureOf(userId, originKeyId, target, signature, null);
  }

  UserKeysScenario signatureOf(
      String origin, String originKeyId, String target, String signature, String userSigningKey) {
    return add("signatures", origin, originKeyId, target, signature, userSigningKey);
  }

  UserKeysScenario list(boolean stale) {
    return add("remote_lists", stale);
  }

  UserKeysScenario roomMate() {
    return add("room_mates");
  }

  private UserKeysScenario add(String relation, Object... values) {
    relations.get(relation).add(values);
    return this;
  }

  UserKeysScenario run() {
    UserKeys hook = new UserKeys();
    hook.start(Map.of("server_name", "here"));
    hook.group(this, this);
    return this;
  }

  /** The rows of one kind. */
  List<Map<String, Object>> emitted(String kind) {
    return rows.stream().filter(row -> row.get("row").equals(kind)).toList();
  }

  List<String> kinds() {
    return rows.stream().map(row -> (String) row.get("row")).distinct().toList();
  }

  /** One column of all rows of one kind. */
  List<Object> column(String kind, String column) {
    return emitted(kind).stream().map(row -> row.get(column)).toList();
  }

  List<String> skipped() {
    return skipped;
  }

  @Override
  public void emit(String row, Object... values) {
    RowShape shape = shapes.get(row);
    if (shape == null || shape.columns().size() != values.length) {
      throw new IllegalArgumentException("no such row: " + row);
    }
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("row", row);
    for (int i = 0; i < values.length; i++) {
      columns.put(shape.columns().get(i), values[i]);
    }
    rows.add(columns);
  }

  @Override
  public void skip(String what, String reason) {
    skipped.add(what);
  }

  @Override
  public Object key() {
    return userId;
  }

  @Override
  public Rows rows(String relation) {
    return new MemoryRows(relations.remove(relation));
  }

  /** Rows from memory; a relation can be read once. */
  private static final class MemoryRows implements Rows {
    private final List<Object[]> rows;
    private int at = -1;

    MemoryRows(List<Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      return ++at < rows.size();
    }

    @Override
    public boolean isNull(int column) {
      return rows.get(at)[column] == null;
    }

    @Override
    public long integer(int column) {
      return (Long) rows.get(at)[column];
    }

    @Override
    public String text(int column) {
      return (String) rows.get(at)[column];
    }

    @Override
    public boolean flag(int column) {
      return (Boolean) rows.get(at)[column];
    }

    @Override
    public long[] integers(int column) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String[] texts(int column) {
      throw new UnsupportedOperationException();
    }
  }
}
