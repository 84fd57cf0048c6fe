package d2s.matrix.authchain;

import java.util.Arrays;

/**
 * A directed graph over the nodes 0 … n-1 that does not change any more. The edges of a node lie
 * next to each other in one array, ascending, each once.
 */
final class Edges {
  private final int[] first;
  private final int[] targets;

  private Edges(int[] first, int[] targets) {
    this.first = first;
    this.targets = targets;
  }

  int nodes() {
    return first.length - 1;
  }

  /** Where the edges of a node begin; its last edge is {@code from(node + 1) - 1}. */
  int from(int node) {
    return first[node];
  }

  /** The node to which an edge leads. */
  int target(int edge) {
    return targets[edge];
  }

  /** Collects edges in any order. */
  static final class Builder {
    private int[] origins = new int[64];
    private int[] targets = new int[64];
    private int size;

    void add(int origin, int target) {
      if (size == origins.length) {
        origins = Arrays.copyOf(origins, 2 * size);
        targets = Arrays.copyOf(targets, 2 * size);
      }
      origins[size] = origin;
      targets[size] = target;
      size++;
    }

    Edges build(int nodes) {
      int[] next = new int[nodes + 1];
      for (int edge = 0; edge < size; edge++) {
        next[origins[edge] + 1]++;
      }
      for (int node = 0; node < nodes; node++) {
        next[node + 1] += next[node];
      }
      int[] sorted = new int[size];
      for (int edge = 0; edge < size; edge++) {
        sorted[next[origins[edge]]++] = targets[edge];
      }
      // Now next[node] is the end of the node's edges.
      int[] first = new int[nodes + 1];
      int kept = 0;
      for (int node = 0, begin = 0; node < nodes; begin = next[node++]) {
        Arrays.sort(sorted, begin, next[node]);
        first[node] = kept;
        for (int edge = begin; edge < next[node]; edge++) {
          if (edge == begin || sorted[edge] != sorted[edge - 1]) {
            sorted[kept++] = sorted[edge];
          }
        }
      }
      first[nodes] = kept;
      return new Edges(first, sorted);
    }
  }
}
