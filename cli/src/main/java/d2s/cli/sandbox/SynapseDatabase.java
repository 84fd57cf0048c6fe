package d2s.cli.sandbox;

/**
 * How a Synapse reaches its PostgreSQL database.
 *
 * @param host name or address of the server
 * @param port TCP port of the server
 * @param name the database
 * @param user the role to connect as
 * @param password its password; never printed
 */
public record SynapseDatabase(String host, int port, String name, String user, String password) {
  @Override
  public String toString() {
    return "SynapseDatabase[" + name + " on " + host + ":" + port + " as " + user + "]";
  }
}
