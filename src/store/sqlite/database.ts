import Libsql from "libsql";

/** What SQLite takes and gives here: text, or bytes. */
export type Stored = string | Uint8Array;

/** A prepared statement. Parameters always travel in one array: the binding takes anything else for named parameters. */
export interface Statement {
  /** How many rows changed. */
  run(parameters: readonly unknown[]): number;
  /** The columns of the first row. */
  first(parameters: readonly unknown[]): readonly unknown[] | undefined;
  /** Rows, each the array of its columns. */
  all(parameters: readonly unknown[]): readonly unknown[];
}

/** One connection to SQLite. */
export interface Database {
  prepare(sql: string): Statement;
  pragma(text: string): void;
  close(): void;
}

/** Opens a database file, or one in memory when given `:memory:`. */
export const openDatabase = (location: string): Database => {
  const connection = new Libsql(location);
  return {
    prepare: (sql) => statementOf(connection.prepare(sql)),
    pragma: (text) => {
      connection.prepare(`PRAGMA ${text}`).all([]);
    },
    close: () => {
      connection.close();
    },
  };
};

const statementOf = (prepared: Libsql.Statement<unknown[]>): Statement => {
  // Rows as arrays: naming the columns of each row costs as much as finding it.
  if (prepared.reader) prepared.raw();
  return {
    run: (parameters) => prepared.run(parameters).changes,
    first: (parameters) => {
      const row = prepared.get(parameters);
      return Array.isArray(row) ? row : undefined;
    },
    all: (parameters) => prepared.all(parameters),
  };
};
