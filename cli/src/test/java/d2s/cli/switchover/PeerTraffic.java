package d2s.cli.switchover;

import d2s.cli.acceptance.SynapseServer;
import d2s.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the peer was sent in transactions since it was last started, against what it learnt: a
 * Synapse counts the PDUs of every transaction, also those that it has already.
 */
final class PeerTraffic {
  private static final Pattern RECEIVED =
      Pattern.compile(
          "^synapse_federation_server_received_pdus_total(?:\\{[^}]*\\})? ([0-9.e+]+)$",
          Pattern.MULTILINE);

  /** What a Synapse logs of a PDU in a transaction that it has already. */
  private static final Pattern SEEN =
      Pattern.compile("Ignoring received event (\\S+) which we have already seen");

  /** In the log where the peer itself has asked for the event. */
  private static final String PULLED = "_process_pulled_event";

  private final SynapseServer peer;
  private final TestDatabase database;
  private final String otherServer;
  private final long newestBefore;
  private final int logBefore;

  /**
   * Starts to look; the peer must be down, or not have been sent anything since its start.
   *
   * @param database the peer's database
   * @param otherServer whose events count
   */
  PeerTraffic(SynapseServer peer, TestDatabase database, String otherServer)
      throws SQLException, IOException {
    this.peer = peer;
    this.database = database;
    this.otherServer = otherServer;
    this.logBefore = peer.log().length();
    this.newestBefore = number("SELECT coalesce(max(stream_ordering), 0) FROM events");
  }

  /** How many PDUs came in transactions. */
  long received() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(peer.address().resolve("/_synapse/metrics")).build();
    String metrics =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher matcher = RECEIVED.matcher(metrics);
    return matcher.find() ? Math.round(Double.parseDouble(matcher.group(1))) : 0;
  }

  /** How many events of the other server are new. */
  long learnt() throws SQLException {
    return number(
        "SELECT count(*) FROM events WHERE stream_ordering > "
            + newestBefore
            + " AND sender LIKE '%:"
            + otherServer
            + "'");
  }

  /** The events that came in a transaction although the peer had them before. */
  List<String> sentAgain() throws IOException, SQLException {
    Set<String> seen = new TreeSet<>();
    for (String line : peer.log().substring(logBefore).lines().toList()) {
      Matcher matcher = SEEN.matcher(line);
      if (matcher.find() && !line.contains(PULLED)) {
        seen.add(matcher.group(1));
      }
    }
    seen.retainAll(
        database.rows("SELECT event_id FROM events WHERE stream_ordering <= " + newestBefore));
    return List.copyOf(seen);
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(database.rows(sql).get(0));
  }
}
