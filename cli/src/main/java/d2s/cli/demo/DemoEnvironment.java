package d2s.cli.demo;

import d2s.cli.sandbox.SynapseConfiguration;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.cli.sandbox.SynapseProcess;
import d2s.cli.sandbox.TemporaryPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Everything that a demonstration starts: a PostgreSQL and a Synapse in one temporary directory.
 * Closing it stops both and removes the directory, also while another thread is still busy with
 * them, which then fails.
 */
final class DemoEnvironment implements AutoCloseable {

  private final TemporaryPostgres postgres;
  private SynapseProcess synapse;
  private boolean closed;

  DemoEnvironment() throws IOException {
    postgres = new TemporaryPostgres();
  }

  TemporaryPostgres postgres() {
    return postgres;
  }

  /** Starts a Synapse on a migrated database, with a new signing key. */
  synchronized SynapseProcess startSynapse(
      SynapseInstallation installation, String serverName, SynapseDatabase database)
      throws IOException {
    if (closed) {
      throw new IllegalStateException("the demonstration was ended");
    }
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    String key = "ed25519 a_demo " + Base64.getEncoder().withoutPadding().encodeToString(seed);
    synapse =
        SynapseProcess.start(
            installation,
            SynapseConfiguration.forService(serverName, database, key),
            postgres.directory().resolve("synapse"));
    return synapse;
  }

  @Override
  public void close() {
    endSynapse();
    postgres.close();
  }

  /**
   * Stops and removes everything. May be called again.
   *
   * @return whether the directory is gone
   */
  boolean end() {
    endSynapse();
    return postgres.end();
  }

  private synchronized void endSynapse() {
    if (!closed && synapse != null) {
      synapse.close();
    }
    closed = true;
  }
}
