import { StoreFailed } from "../storeFailed.ts";
import type { Database, Statement } from "./database.ts";

/**
 * One transaction for everything that is written in one turn of the event loop.
 *
 * The first write begins it; it is committed once the turn's callbacks have run, so that requests that arrived together
 * share a commit. A write that fails takes the transaction with it: SQLite may have undone it already, other callers'
 * writes included, and nobody may be told of success after that.
 */
export class Transaction {
  private readonly begin: Statement;
  private readonly commit: Statement;
  private readonly rollback: Statement;
  private readonly save: Statement;
  private readonly release: Statement;
  private readonly undo: Statement;
  private readonly undone: () => void;
  private open = false;
  /** Counts the transactions, for whoever has to know whether a change of theirs belongs to the open one. */
  number = 0;
  /** `atomically` calls under way, and for how many of them, the outermost first, a savepoint is set. */
  private depth = 0;
  private savepoints = 0;
  private waiters: Waiters | undefined;
  private failure: Error | undefined;

  /** `undone` is called after writes were taken back: what is remembered of the database may be wrong. */
  constructor(database: Database, undone: () => void) {
    this.begin = database.prepare("BEGIN IMMEDIATE");
    this.commit = database.prepare("COMMIT");
    this.rollback = database.prepare("ROLLBACK");
    this.save = database.prepare("SAVEPOINT nested");
    this.release = database.prepare("RELEASE nested");
    this.undo = database.prepare("ROLLBACK TO nested");
    this.undone = undone;
  }

  /** Runs one statement that writes. */
  write(statement: Statement, parameters: readonly unknown[]): number {
    if (this.failure) throw this.failure;
    try {
      if (!this.open) this.start();
      // Savepoints are set at the first write under them: most calls of `atomically` that only read need none.
      for (; this.savepoints < this.depth; this.savepoints++) this.save.run([]);
      return statement.run(parameters);
    } catch (error) {
      throw this.fail(error);
    }
  }

  atomically<R>(work: () => R): R {
    const level = ++this.depth;
    try {
      const result = work();
      if (result instanceof Promise) throw new TypeError("atomically takes synchronous work");
      if (this.savepoints === level) this.step(this.release);
      return result;
    } catch (error) {
      if (this.savepoints === level) this.takeBack();
      throw error;
    } finally {
      this.depth = level - 1;
      this.savepoints = Math.min(this.savepoints, this.depth);
    }
  }

  committed(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    if (!this.open) return Promise.resolve();
    this.waiters ??= newWaiters();
    return this.waiters.promise;
  }

  /** Commits what is open, if anything. */
  flush(): void {
    if (!this.open) return;
    try {
      this.commit.run([]);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.open = false;
    const waiters = this.waiters;
    this.waiters = undefined;
    waiters?.resolve();
  }

  /** Refuses everything from now on. */
  close(reason: Error): void {
    this.flush();
    this.failure ??= reason;
  }

  private start(): void {
    this.begin.run([]);
    this.open = true;
    this.number++;
    setImmediate(() => this.flush());
  }

  private takeBack(): void {
    this.step(this.undo);
    this.step(this.release);
    this.undone();
  }

  private step(statement: Statement): void {
    try {
      statement.run([]);
    } catch (error) {
      throw this.fail(error);
    }
  }

  private fail(error: unknown): Error {
    const failure = new StoreFailed(error);
    this.failure = failure;
    this.open = false;
    this.savepoints = 0;
    try {
      this.rollback.run([]);
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full: there is no transaction left to end.
    }
    this.undone();
    const waiters = this.waiters;
    this.waiters = undefined;
    waiters?.reject(failure);
    return failure;
  }
}

interface Waiters {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const newWaiters = (): Waiters => {
  let resolve = () => {};
  let reject = (_error: Error) => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
