package d2s.acceptance.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.tukaani.xz.XZInputStream;

/** Loads a compressed plain dump: statements, and the rows of COPY between them. */
public final class SqlDump {

  private SqlDump() {}

  public static void load(Path file, Connection connection) throws IOException, SQLException {
    try (InputStream in = new XZInputStream(Files.newInputStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        Statement statement = connection.createStatement()) {
      StringBuilder sql = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (sql.isEmpty() && (line.isBlank() || line.startsWith("--") || line.startsWith("\\"))) {
          continue;
        }
        sql.append(line).append('\n');
        if (line.startsWith("COPY ") && line.endsWith(" FROM stdin;")) {
          copy(sql.toString(), lines, connection);
          sql.setLength(0);
        } else if (line.endsWith(";")) {
          statement.execute(sql.toString());
          sql.setLength(0);
        }
      }
    }
  }

  private static void copy(String sql, BufferedReader lines, Connection connection)
      throws IOException, SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    for (String line = lines.readLine(); !line.equals("\\."); line = lines.readLine()) {
      byte[] row = (line + "\n").getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(row, 0, row.length);
    }
    copy.endCopy();
  }
}
