package d2s.matrix.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * The members of one JSON object as slices of the text that they were read from, so that they can
 * be written again byte for byte. Of members with the same name the last counts, as it does for
 * both servers.
 */
public final class JsonSlices {

  private static final int USUAL_MEMBERS = 16;

  private final String source;
  private String[] names = new String[USUAL_MEMBERS];

  /** Three positions a member: where its name starts, where its value starts, where it ends. */
  private int[] positions = new int[3 * USUAL_MEMBERS];

  private int size;
  private boolean repeated;

  public JsonSlices(String source) {
    this.source = source;
  }

  /**
   * Reads the rest of an object.
   *
   * @param reading stands on the start of the object, and on its end afterwards
   */
  public static JsonSlices read(JsonCursor reading) throws IOException {
    JsonSlices slices = new JsonSlices(reading.source());
    JsonParser parser = reading.parser();
    reading.enter();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      int nameStart = reading.tokenStart();
      JsonToken token = parser.nextToken();
      int valueStart = reading.tokenStart();
      reading.skip(token);
      slices.add(name, nameStart, valueStart, reading.position());
    }
    reading.leave();
    return slices;
  }

  public void add(String name, int nameStart, int valueStart, int end) {
    int index = indexOf(name);
    if (index >= 0) {
      repeated = true;
    } else {
      index = size++;
      if (index == names.length) {
        names = Arrays.copyOf(names, 2 * index);
        positions = Arrays.copyOf(positions, 6 * index);
      }
      names[index] = name;
    }
    positions[3 * index] = nameStart;
    positions[3 * index + 1] = valueStart;
    positions[3 * index + 2] = end;
  }

  public int size() {
    return size;
  }

  /** Whether a name occurred more than once, so that the source holds more than the members. */
  public boolean hasRepeatedNames() {
    return repeated;
  }

  public String name(int index) {
    return names[index];
  }

  /** The position of the member with this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The first character of a value, which tells its type; 0 if there is no such member. */
  public char kind(String name) {
    int index = indexOf(name);
    return index < 0 ? 0 : kind(index);
  }

  public char kind(int index) {
    return source.charAt(positions[3 * index + 1]);
  }

  /** The value as it was written, or null if there is no such member. */
  public String raw(String name) {
    int index = indexOf(name);
    return index < 0 ? null : source.substring(positions[3 * index + 1], positions[3 * index + 2]);
  }

  /** Whether a value is a number without fraction and exponent. */
  public boolean isInteger(int index) {
    char kind = kind(index);
    if (kind != '-' && (kind < '0' || kind > '9')) {
      return false;
    }
    for (int i = positions[3 * index + 1] + 1; i < positions[3 * index + 2]; i++) {
      char c = source.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** The string that the member holds, or null if there is no such member or it is no string. */
  public String text(String name) {
    int index = indexOf(name);
    if (index < 0 || kind(index) != '"') {
      return null;
    }
    int start = positions[3 * index + 1];
    int end = positions[3 * index + 2];
    int escape = source.indexOf('\\', start);
    return escape < 0 || escape >= end
        ? source.substring(start + 1, end - 1)
        : JsonCursor.text(source.substring(start, end));
  }

  /** The members of the object that the member holds, or null if it holds none. */
  public JsonSlices object(String name) {
    return kind(name) == '{' ? JsonCursor.object(raw(name)) : null;
  }

  /** Appends a member, name and value, as it was written. */
  public void appendMember(int index, StringBuilder out) {
    out.append(source, positions[3 * index], positions[3 * index + 2]);
  }

  /** Appends the name of a member and the colon, as they were written. */
  public void appendName(int index, StringBuilder out) {
    out.append(source, positions[3 * index], positions[3 * index + 1]);
  }
}
