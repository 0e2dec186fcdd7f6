import type { RepositoryName } from "../../kernel/gitHost.ts";
import type { Collection, Records } from "../../store/records.ts";

/** A repository; its objects lie in a bare repository on the disk. */
export interface RepositoryRecord extends RepositoryName {
  readonly description: string;
  readonly defaultBranch: string;
  /** The access token under the state's key; absent when any of the cloud's own credentials must be shown. */
  readonly sealedToken?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a pipeline says of a commit. */
export interface StatusRecord {
  readonly context: string;
  readonly state: "pending" | "success" | "failure" | "error";
  readonly description: string;
  readonly updatedAt: number;
}

/** The repositories of this cloud; GitHub knows no accounts or regions of AWS. Names are the same in any case of letters. */
export interface Repositories {
  get(name: RepositoryName): RepositoryRecord | undefined;
  put(repository: RepositoryRecord): void;
  remove(name: RepositoryName): void;
  list(): Iterable<RepositoryRecord>;
}

export const openRepositories = (records: Records): Repositories => {
  const byName = records.collection<RepositoryRecord>("repositories");
  return {
    get: (name) => byName.get(keyOf(name)),
    put: (repository) => byName.put(keyOf(repository), repository),
    remove: (name) => byName.delete(keyOf(name)),
    *list() {
      for (const { value } of byName.range()) yield value;
    },
  };
};

export const openStatuses = (records: Records): Collection<StatusRecord> => records.collection("statuses");

export const keyOf = ({ owner, name }: RepositoryName): readonly [string, string] => [
  owner.toLowerCase(),
  name.toLowerCase(),
];
