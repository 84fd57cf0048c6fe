package d2s.matrix.state;

import d2s.matrix.collection.Fingerprint;
import java.util.Arrays;

/** Event IDs, numbered from 0 as they come, and found again by their text. */
final class EventIds {

  private String[] ids = new String[64];
  private int[] places = new int[128]; // number + 1; 0 marks a free place
  private int size;

  /** Adds an ID that is not there yet. */
  int add(String id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
      places = new int[size * 4];
      for (int i = 0; i < size; i++) {
        places[place(ids[i])] = i + 1;
      }
    }
    ids[size] = id;
    places[place(id)] = size + 1;
    return size++;
  }

  /** The number of an ID, or -1. */
  int find(String id) {
    return places[place(id)] - 1;
  }

  String get(int number) {
    return ids[number];
  }

  int size() {
    return size;
  }

  private int place(String id) {
    int mask = places.length - 1;
    int place = (int) Fingerprint.mix(id.hashCode()) & mask;
    while (places[place] != 0 && !ids[places[place] - 1].equals(id)) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
