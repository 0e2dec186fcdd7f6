import type { Collection, Records } from "../../store/records.ts";

/** What builds and batches have in common. */
export interface Run {
  /** `PROJECT:UUID` */
  readonly id: string;
  readonly projectName: string;
  readonly startTime: number;
  readonly state: { readonly status: string };
}

/** The builds, or the batches, of one account and region. */
export interface Runs<R extends Run> {
  get(id: string): R | undefined;
  put(run: R): void;
  remove(run: R): void;
  /** Ids in the order they were started, from after the one given; of one project or of all. */
  ids(options: {
    readonly projectName?: string;
    readonly descending: boolean;
    readonly after?: string;
  }): Iterable<string>;
  /** The number of a project's next one; never given twice, also when some were deleted. */
  nextNumber(projectName: string): number;
  /** Those that have not completed. */
  unfinished(): Iterable<R>;
}

/** The names of the collections of what has not ended, by kind. */
const UNFINISHED = { build: "unfinishedBuilds", batch: "unfinishedBatches", sandbox: "unfinishedSandboxes" } as const;

/** `kind` begins the names of their collections. */
export const openRuns = <R extends Run>(records: Records, kind: keyof typeof UNFINISHED): Runs<R> => {
  const byId = records.collection<R>(`${kind}s`);
  const byTime: Collection<string> = records.collection(`${kind}sByTime`);
  const byProject: Collection<string> = records.collection(`${kind}sByProject`);
  const numbers: Collection<number> = records.collection(`${kind}Numbers`);
  const unfinished: Collection<string> = records.collection(UNFINISHED[kind]);
  const timeKey = (run: R) => [run.startTime, run.id];
  const projectKey = (run: R) => [run.projectName, run.startTime, run.id];
  return {
    get: (id) => byId.get(id),
    put: (run) =>
      records.atomically(() => {
        if (!byId.has(run.id)) {
          byTime.put(timeKey(run), run.id);
          byProject.put(projectKey(run), run.id);
        }
        if (run.state.status === "IN_PROGRESS") unfinished.put(run.id, run.id);
        else unfinished.delete(run.id);
        byId.put(run.id, run);
      }),
    remove: (run) =>
      records.atomically(() => {
        byId.delete(run.id);
        byTime.delete(timeKey(run));
        byProject.delete(projectKey(run));
        unfinished.delete(run.id);
      }),
    *ids({ projectName, descending, after }) {
      const start = after === undefined ? undefined : byId.get(after);
      const key = start && (projectName === undefined ? timeKey(start) : projectKey(start));
      const bound = key ? (descending ? { lt: key } : { gt: key }) : {};
      const range =
        projectName === undefined
          ? byTime.range({ reverse: descending, ...bound })
          : byProject.range({ prefix: [projectName], reverse: descending, ...bound });
      for (const { value } of range) yield value;
    },
    nextNumber: (projectName) => {
      const next = (numbers.get(projectName) ?? 0) + 1;
      numbers.put(projectName, next);
      return next;
    },
    *unfinished() {
      for (const { value } of unfinished.range()) {
        const run = byId.get(value);
        if (run) yield run;
      }
    },
  };
};
