package d2s.cli;

import d2s.cli.connection.Database;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C (and a polite kill) end a run in order: what runs in the databases is cancelled, the
 * run rolls back, and only then the process ends.
 *
 * <p>A less polite kill ends the connections, and PostgreSQL rolls back by itself.
 */
final class Interruption {

  private static final long CANCEL_EVERY_MILLIS = 200;
  private static final long PATIENCE_MILLIS = 60_000;

  private final Console console;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");
  private volatile boolean happened;
  private volatile boolean committed;
  private List<Database> databases = List.of();

  Interruption(Console console) {
    this.console = console;
  }

  /** From now on an interrupt cancels what runs in these databases. */
  void guard(Database... guarded) {
    databases = List.of(guarded);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean happened() {
    return happened;
  }

  /** The run is complete; an interrupt can no longer undo it. */
  void committed() {
    committed = true;
  }

  /** The command has nothing more to print. */
  void end() {
    over.countDown();
    if (!happened && !databases.isEmpty()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The interrupt came in this very moment; the hook finds that everything is over.
        happened = true;
      }
    }
  }

  private void interrupted() {
    happened = true;
    console.tell("");
    console.tell("Interrupted. Rolling back ...");
    try {
      long patience = PATIENCE_MILLIS / CANCEL_EVERY_MILLIS;
      do {
        // Again and again, since the run may have been between two statements.
        databases.forEach(Database::cancel);
      } while (!over.await(CANCEL_EVERY_MILLIS, TimeUnit.MILLISECONDS) && --patience > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.tell(
        committed
            ? "The migration was complete before the interrupt; the Synapse database is loaded."
            : "Everything was rolled back; the Synapse database is as it was.");
  }
}
