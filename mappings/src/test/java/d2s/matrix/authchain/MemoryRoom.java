package d2s.matrix.authchain;

import d2s.engine.extension.Group;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.List;

/** The rows of one room, in memory. */
record MemoryRoom(String id, List<StateEvent> events, List<String[]> auth) implements Group {

  /** A room whose auth rows come in the order of its events. */
  static MemoryRoom of(String id, List<StateEvent> events) {
    List<String[]> auth = new ArrayList<>();
    for (StateEvent event : events) {
      for (String authEvent : event.authEvents()) {
        auth.add(new String[] {event.id(), authEvent});
      }
    }
    return new MemoryRoom(id, events, auth);
  }

  @Override
  public Object key() {
    return id;
  }

  @Override
  public Rows rows(String relation) {
    return switch (relation) {
      case "events" -> new EventRows();
      case "auth" -> new AuthRows();
      default -> throw new IllegalArgumentException("no relation " + relation);
    };
  }

  private abstract static class Cursor implements Rows {
    private final int size;
    int row = -1;

    Cursor(int size) {
      this.size = size;
    }

    @Override
    public boolean next() {
      return ++row < size;
    }

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public long integer(int column) {
      throw new IllegalArgumentException("column " + column + " is no integer");
    }

    @Override
    public boolean flag(int column) {
      throw new IllegalArgumentException("column " + column + " is no flag");
    }

    @Override
    public long[] integers(int column) {
      throw new IllegalArgumentException("column " + column + " is no array of integers");
    }

    @Override
    public String[] texts(int column) {
      throw new IllegalArgumentException("column " + column + " is no array of texts");
    }
  }

  private final class EventRows extends Cursor {
    EventRows() {
      super(events.size());
    }

    @Override
    public String text(int column) {
      StateEvent event = events.get(row);
      return switch (column) {
        case 0 -> event.id();
        case 1 -> event.type();
        case 2 -> event.stateKey();
        default -> throw new IllegalArgumentException("column " + column + " is no text");
      };
    }

    @Override
    public boolean flag(int column) {
      return column == 3 ? events.get(row).outOfBand() : super.flag(column);
    }
  }

  private final class AuthRows extends Cursor {
    AuthRows() {
      super(auth.size());
    }

    @Override
    public String text(int column) {
      return auth.get(row)[column];
    }
  }
}
