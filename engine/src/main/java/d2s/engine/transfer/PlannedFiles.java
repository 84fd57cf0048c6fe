package d2s.engine.transfer;

import d2s.engine.bound.BoundMapping;
import d2s.engine.files.FileRequest;
import d2s.engine.files.FileTaker;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.step.HookExecutor;
import d2s.engine.step.RowContext;
import d2s.engine.step.RowExecutor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The files that the rows of a mapping stand for. Nothing is copied. */
public final class PlannedFiles {

  private PlannedFiles() {}

  /**
   * A file that a row stands for.
   *
   * @param request without a path in the target if the file is not carried over
   */
  public record PlannedFile(String store, FileRequest request) {}

  /**
   * All files of a mapping.
   *
   * @throws MigrationFailedException if they cannot be told
   */
  public static List<PlannedFile> of(BoundMapping bound, RowContext context) throws SQLException {
    List<PlannedFile> planned = new ArrayList<>();
    String name = bound.mapping().name().value();
    List<String> stores =
        bound.files().stream().map(file -> file.block().store().value()).distinct().toList();
    for (String store : stores) {
      FilePlanner planner =
          new FilePlanner(bound, store, collector(name, store, planned), () -> {});
      try (RelationReaders open = new RelationReaders(bound, context.connections())) {
        if (bound.mapping().hook() != null) {
          new HookExecutor(bound, context, open, planner).run();
        } else {
          new RowExecutor(bound, context, open, planner).run();
        }
      }
    }
    return planned;
  }

  private static FileTaker collector(String mapping, String store, List<PlannedFile> planned) {
    return new FileTaker() {
      @Override
      public void claim(String from) {
        planned.add(new PlannedFile(store, new FileRequest(mapping, "", from, null, -1, null)));
      }

      @Override
      public void submit(FileRequest request) {
        planned.add(new PlannedFile(store, request));
      }
    };
  }
}
