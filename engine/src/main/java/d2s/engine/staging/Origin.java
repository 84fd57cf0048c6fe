package d2s.engine.staging;

import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * One database or file that a source is kept in, read as of one moment. Only one thread may use it.
 */
public interface Origin extends AutoCloseable {

  /** For people: which database or file it is; never a secret. */
  String name();

  /** All tables, in any order, each with its columns. The types of a file are only declared. */
  List<Table> tables() throws SQLException;

  /** How much room it takes where it is, in bytes. */
  long bytes() throws SQLException;

  /** Whether a table has any row. */
  boolean hasRows(String table) throws SQLException;

  /** The last number that a sequence gave out, and whether it was given out. */
  record LastNumber(long value, boolean used) {}

  /**
   * How a sequence of the whole schema goes on.
   *
   * @return null if this origin does not know
   */
  LastNumber lastNumber(Sequence sequence) throws SQLException;

  /** Roughly how many rows a table has; empty if that is not known without counting. */
  OptionalLong estimatedRows(String table) throws SQLException;

  /**
   * Copies all rows of a table into the table of the same name.
   *
   * @param table as it is in the target
   * @param target takes the rows; what becomes of its transaction is the caller's business
   * @return how many rows were copied
   */
  long copy(Table table, Connection target, CopyObserver observer) throws SQLException, IOException;

  /**
   * Looks once more, after everything was copied.
   *
   * @throws IOException if it may not be as of one moment, because somebody wrote to it
   */
  void checkUnchanged() throws IOException;

  /** Is told how the copy of a table goes on. */
  interface CopyObserver {

    /** So many rows of the table have been read. */
    void advanced(long rows);

    /**
     * A row is left out.
     *
     * @param row which one, for people
     * @param reason what is wrong with it, without its values
     */
    void skipped(String row, String reason);
  }

  @Override
  void close();
}
