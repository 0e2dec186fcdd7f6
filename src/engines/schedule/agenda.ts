import type { Clock } from "../../kernel/clock.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import type { Collection, Records } from "../../store/records.ts";

/** What is due when, kept so that it survives the process. One timer waits for the earliest. */
export interface Agenda {
  /** Makes `id` due at a time, in place of the one it had. */
  set(id: string, dueAt: number): void;
  clear(id: string): void;
  /** Begins to wait, for a room that opens with entries. */
  resume(): void;
  close(): void;
}

interface AgendaParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly tasks: Tasks;
  /** Hears of each entry that is due, once it is off the agenda; what it writes is one commit with that. */
  readonly onDue: (id: string, dueAt: number) => void;
}

export const createAgenda = ({ records, clock, tasks, onDue }: AgendaParts): Agenda => {
  const due: Collection<string> = records.collection("agenda");
  const dates: Collection<number> = records.collection("agendaDates");
  const closing = new AbortController();
  let waiting: AbortController | undefined;

  const clear = (id: string): void => {
    const dueAt = dates.get(id);
    if (dueAt === undefined) return;
    due.delete([dueAt, id]);
    dates.delete(id);
  };
  const run = async (): Promise<void> => {
    for (const { key, value: id } of due.range({ lt: [clock.now() + 1] })) {
      if (closing.signal.aborted) return;
      const dueAt = Number(Array.isArray(key) ? key[0] : key);
      records.atomically(() => {
        clear(id);
        onDue(id, dueAt);
      });
    }
    arm();
  };
  /** The wait belongs to no task, so that a cloud whose schedules wait is idle. */
  const arm = (): void => {
    waiting?.abort();
    if (closing.signal.aborted) return;
    const [first] = due.range({ limit: 1 });
    if (!first) return;
    const own = new AbortController();
    waiting = own;
    const dueAt = Number(Array.isArray(first.key) ? first.key[0] : first.key);
    const signal = AbortSignal.any([own.signal, closing.signal]);
    // Cut short by an earlier entry, which waits in its own right, or by the room's end.
    clock.sleep(Math.max(0, dueAt - clock.now()), signal).then(
      () => tasks.spawn("what the agenda holds", run),
      () => {},
    );
  };
  return {
    set: (id, dueAt) => {
      clear(id);
      due.put([dueAt, id], id);
      dates.put(id, dueAt);
      arm();
    },
    clear: (id) => {
      clear(id);
      arm();
    },
    resume: arm,
    close: () => closing.abort(),
  };
};
