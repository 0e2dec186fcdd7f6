import type { Database, Statement } from "./database.ts";
import type { Transaction } from "./transaction.ts";

/** A collection's table; without an id it does not exist yet. */
export interface Table {
  readonly name: string;
  id: number | undefined;
  statements: TableStatements | undefined;
}

/** The statements of one table, each prepared when first used. */
export interface TableStatements {
  readonly get: Statement;
  readonly has: Statement;
  readonly put: Statement;
  readonly delete: Statement;
  readonly ascending: Statement;
  readonly descending: Statement;
  readonly ascendingValues: Statement;
  readonly descendingValues: Statement;
  readonly count: Statement;
  readonly clear: Statement;
}

/** Tables whose statements are kept prepared; a few kilobytes each. */
const MAX_PREPARED_TABLES = 512;
/** Rows removed from a dropped table in one turn, so that dropping a large one holds nobody up. */
const PURGED_ROWS_PER_TURN = 64;

/**
 * Which collection is which table.
 *
 * Tables are numbered, and their names kept beside them: so a collection of any size is dropped by forgetting its number,
 * and its rows are removed afterwards, a few in each turn.
 */
export class Catalogue {
  private readonly database: Database;
  private readonly transaction: () => Transaction;
  private readonly tables = new Map<string, Table>();
  private readonly statements: ReturnType<typeof prepareCatalogue>;
  private prepared = 0;
  private nextId = 1;
  /** The number of the last transaction in which tables came or went. */
  private changedIn = 0;
  private purging = false;
  private closed = false;

  constructor(database: Database, transaction: () => Transaction) {
    this.database = database;
    this.transaction = transaction;
    this.statements = prepareCatalogue(database);
    this.load();
  }

  table(name: string): Table {
    const known = this.tables.get(name);
    if (known) return known;
    const table: Table = { name, id: undefined, statements: undefined };
    this.tables.set(name, table);
    return table;
  }

  /** The table's statements, or undefined when it does not exist. */
  reading(table: Table): TableStatements | undefined {
    return table.statements ?? (table.id === undefined ? undefined : this.prepare(table, table.id));
  }

  /** The table's statements; the table is made when it does not exist. */
  writing(table: Table): TableStatements {
    return table.statements ?? this.prepare(table, table.id ?? this.create(table));
  }

  names(): string[] {
    return [...this.tables.values()]
      .filter((table) => table.id !== undefined)
      .map((table) => table.name)
      .sort();
  }

  /** Forgets the table and removes its rows bit by bit. */
  drop(table: Table): void {
    if (table.id === undefined) return;
    const transaction = this.transaction();
    transaction.write(this.statements.forget, [table.name]);
    transaction.write(this.statements.discard, [table.id]);
    this.changedIn = transaction.number;
    table.id = undefined;
    this.unprepare(table);
    this.purge();
  }

  /** Something was rolled back: if tables came or went, look again which exist. */
  undone(): void {
    if (this.changedIn === this.transaction().number) this.load();
  }

  /** Goes on removing the rows of dropped tables. */
  purge(): void {
    if (this.purging) return;
    this.purging = true;
    setImmediate(() => {
      this.purging = false;
      if (!this.closed && this.purgeSome()) this.purge();
    });
  }

  close(): void {
    this.closed = true;
  }

  /** Whether more may be left. */
  private purgeSome(): boolean {
    const discarded = this.statements.discarded.first([])?.[0];
    if (discarded === undefined) return false;
    const table = `c${discarded}`;
    const until = this.database.prepare(`SELECT k FROM ${table} LIMIT 1 OFFSET ${PURGED_ROWS_PER_TURN}`).first([])?.[0];
    if (until !== undefined) {
      this.transaction().write(this.database.prepare(`DELETE FROM ${table} WHERE k < ?`), [until]);
      return true;
    }
    this.transaction().write(this.database.prepare(`DROP TABLE ${table}`), []);
    this.transaction().write(this.statements.purged, [discarded]);
    return true;
  }

  private create(table: Table): number {
    const id = this.nextId++;
    const transaction = this.transaction();
    transaction.write(this.database.prepare(`CREATE TABLE c${id} (k TEXT PRIMARY KEY, v) WITHOUT ROWID`), []);
    transaction.write(this.statements.remember, [table.name, id]);
    this.changedIn = transaction.number;
    table.id = id;
    return id;
  }

  private load(): void {
    for (const table of this.tables.values()) {
      table.id = undefined;
      this.unprepare(table);
    }
    for (const row of this.statements.all.all([])) {
      if (!Array.isArray(row)) continue;
      this.table(String(row[0])).id = Number(row[1]);
    }
    // Numbers are not used twice, not even after a rollback: a statement for the old table may still be prepared.
    this.nextId = Math.max(this.nextId, Number(this.statements.lastId.first([])?.[0] ?? 0) + 1);
  }

  private prepare(table: Table, id: number): TableStatements {
    if (this.prepared >= MAX_PREPARED_TABLES) for (const other of this.tables.values()) this.unprepare(other);
    this.prepared++;
    table.statements = tableStatements(this.database, `c${id}`);
    return table.statements;
  }

  private unprepare(table: Table): void {
    if (table.statements === undefined) return;
    table.statements = undefined;
    this.prepared--;
  }
}

const prepareCatalogue = (database: Database) => {
  database.prepare("CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID").run([]);
  database.prepare("CREATE TABLE IF NOT EXISTS discarded (id INTEGER PRIMARY KEY)").run([]);
  return {
    all: database.prepare("SELECT name, id FROM collections"),
    lastId: database.prepare("SELECT max(id) FROM (SELECT id FROM collections UNION ALL SELECT id FROM discarded)"),
    remember: database.prepare("INSERT INTO collections (name, id) VALUES (?, ?)"),
    forget: database.prepare("DELETE FROM collections WHERE name = ?"),
    discard: database.prepare("INSERT INTO discarded (id) VALUES (?)"),
    discarded: database.prepare("SELECT id FROM discarded LIMIT 1"),
    purged: database.prepare("DELETE FROM discarded WHERE id = ?"),
  };
};

const tableStatements = (database: Database, table: string): TableStatements => {
  const lazily = (sql: string) => {
    let prepared: Statement | undefined;
    return () => {
      prepared ??= database.prepare(sql);
      return prepared;
    };
  };
  const get = lazily(`SELECT v FROM ${table} WHERE k = ?`);
  const has = lazily(`SELECT 1 FROM ${table} WHERE k = ?`);
  const put = lazily(`REPLACE INTO ${table} (k, v) VALUES (?, ?)`);
  const remove = lazily(`DELETE FROM ${table} WHERE k = ?`);
  const ascending = lazily(`SELECT k, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k LIMIT ?`);
  const descending = lazily(`SELECT k, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k DESC LIMIT ?`);
  // One row that holds them all: each row costs the binding more than finding it costs SQLite, which keeps their order.
  const joined = (first: string, order: string) =>
    `SELECT group_concat(v, char(30)), ${first}(k) FROM (SELECT k, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k ${order} LIMIT ?)`;
  const ascendingValues = lazily(joined("max", "ASC"));
  const descendingValues = lazily(joined("min", "DESC"));
  const count = lazily(`SELECT count(*) FROM ${table} WHERE k >= ? AND k < ?`);
  const clear = lazily(`DELETE FROM ${table} WHERE k >= ? AND k < ?`);
  return {
    get get() {
      return get();
    },
    get has() {
      return has();
    },
    get put() {
      return put();
    },
    get delete() {
      return remove();
    },
    get ascending() {
      return ascending();
    },
    get descending() {
      return descending();
    },
    get ascendingValues() {
      return ascendingValues();
    },
    get descendingValues() {
      return descendingValues();
    },
    get count() {
      return count();
    },
    get clear() {
      return clear();
    },
  };
};
