package d2s.engine.verify;

/**
 * SQL of a verification that a database refuses, because its tables are others; or a verification
 * that cannot be asked at all.
 *
 * @param verification its name
 * @param type the class of the verification
 * @param sql the statement as the database got it; empty where it is not about one
 * @param index the character that the database complains of, counted from 0; -1 if it tells none
 * @param reason what the database says
 */
public record UnfitSql(String verification, String type, String sql, int index, String reason) {}
