package d2s.cli.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/** Says in plain words why a file or a server could not be used. */
public final class IoReason {

  private IoReason() {}

  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "this user may not";
    } else if (failure instanceof NoSuchFileException) {
      return "its directory is not there";
    } else if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    } else if (failure instanceof HttpTimeoutException) {
      return "nothing answered in time";
    } else if (failure instanceof ConnectException) {
      return "nothing listens there";
    } else if (failure instanceof UnknownHostException) {
      return "no machine is known by this name";
    } else if (failure instanceof SSLException) {
      return "no encrypted connection: " + failure.getMessage();
    }
    return failure.getMessage() == null ? "no reason given" : failure.getMessage();
  }
}
