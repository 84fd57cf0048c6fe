package d2s.cli;

import d2s.cli.connection.ConnectionFailed;
import d2s.cli.connection.Database;
import d2s.engine.run.Preparation;
import d2s.engine.spec.MappingSet;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at the two databases without changing anything. */
final class Inspection {

  private Inspection() {}

  /**
   * @throws d2s.engine.run.Refused if a database is not the right one, or not in the right state
   * @throws d2s.engine.spec.InvalidMappings if the mapping files do not fit the databases
   */
  static Preparation of(MappingSet set, DatabaseOptions.Resolved databases)
      throws CommandFailure, ConnectionFailed, SQLException {
    try (Database dendrite = Database.open("Dendrite", databases.requiredDendrite());
        Database synapse = Database.open("Synapse", databases.requiredSynapse());
        Connection source = dendrite.getConnection();
        Connection target = synapse.getConnection()) {
      source.setReadOnly(true);
      target.setReadOnly(true);
      return Preparation.of(set, source, target, databases.facts(set));
    }
  }
}
