import type { Records } from "../../store/records.ts";
import type { CommentRecord } from "./comments/records.ts";
import type { PullEventRecord, PullRecord } from "./pulls/records.ts";
import type { TemplateRecord } from "./templates/records.ts";

/** A repository; its objects, branches and tags lie on the Git host, under its id. */
export interface RepositoryRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The branch that came first, or the one that was chosen since; absent while there is none. */
  readonly defaultBranch?: string;
  readonly kmsKeyId?: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly triggers: readonly TriggerRecord[];
  /** Which change of its triggers this is. */
  readonly configurationId?: string;
}

/** Whom to tell of pushes. */
export interface TriggerRecord {
  readonly name: string;
  /** A topic of SNS or a function of Lambda. */
  readonly destinationArn: string;
  readonly customData?: string;
  /** None: all. */
  readonly branches: readonly string[];
  readonly events: readonly TriggerEvent[];
}

export type TriggerEvent = "all" | "updateReference" | "createReference" | "deleteReference";

/** The repositories of one account and region; names are told apart by the case of their letters. */
export interface Repositories {
  get(name: string): RepositoryRecord | undefined;
  byId(id: string): RepositoryRecord | undefined;
  put(repository: RepositoryRecord): void;
  remove(repository: RepositoryRecord): void;
  count(): number;
  /** In the order of their names. */
  list(): Iterable<RepositoryRecord>;
}

export type Tables = ReturnType<typeof openTables>;

export const openTables = (records: Records) => ({
  repositories: openRepositories(records),
  /** By number. */
  pulls: records.collection<PullRecord>("pullRequests"),
  /** By pull request and place. */
  pullEvents: records.collection<PullEventRecord>("pullRequestEvents"),
  comments: records.collection<CommentRecord>("comments"),
  /** The number of a pull request, by the token of the request that made it; for comments, their ids. */
  pullTokens: records.collection<number>("pullRequestTokens"),
  commentTokens: records.collection<string>("commentTokens"),
  /** By name. */
  templates: records.collection<TemplateRecord>("approvalRuleTemplates"),
  /** The last number that was given out, by what it counts. */
  counters: records.collection<number>("counters"),
});

const openRepositories = (records: Records): Repositories => {
  const byId = records.collection<RepositoryRecord>("repositories");
  const ids = records.collection<string>("repositoryNames");
  const get = (name: string) => {
    const id = ids.get(name);
    return id === undefined ? undefined : byId.get(id);
  };
  return {
    get,
    byId: (id) => byId.get(id),
    put: (repository) => {
      const before = byId.get(repository.id);
      if (before && before.name !== repository.name) ids.delete(before.name);
      ids.put(repository.name, repository.id);
      byId.put(repository.id, repository);
    },
    remove: ({ id, name }) => {
      ids.delete(name);
      byId.delete(id);
    },
    count: () => ids.count(),
    *list() {
      for (const { value: id } of ids.range()) {
        const repository = byId.get(id);
        if (repository) yield repository;
      }
    },
  };
};
