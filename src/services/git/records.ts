import { keyOf } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { Blob } from "../../store/blobs.ts";
import type { Records } from "../../store/records.ts";

/** A repository; its objects lie in a bare repository on the disk. */
export interface RepositoryRecord extends RepositoryName {
  /** Another name it is found by, in its own case of letters. */
  readonly title?: string;
  readonly description: string;
  readonly defaultBranch: string;
  /** The access token under the state's key; absent when any of the cloud's own credentials must be shown. */
  readonly sealedToken?: string;
  /** The commit that this cloud made of the code it began with: nobody's work. */
  readonly madeFrom?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly pushedAt?: number;
}

/** What somebody, mostly a pipeline, says of a commit. */
export interface StatusRecord {
  readonly id: number;
  readonly context: string;
  readonly state: "pending" | "success" | "failure" | "error";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: number;
}

/** The rules of one branch. */
export interface ProtectionRecord {
  readonly branch: string;
  readonly allowForcePushes: boolean;
  readonly allowDeletions: boolean;
  readonly enforceAdmins: boolean;
  readonly requiredChecks?: { readonly strict: boolean; readonly contexts: readonly string[] };
  /** Changes come by pull requests only. */
  readonly pullRequests: boolean;
  /** How many people have to approve of one. */
  readonly approvals?: number;
  /** Whether an approval goes when the pull request's commits change. */
  readonly dismissesStale?: boolean;
  /** The logins of those who may push, in small letters; absent: everybody. */
  readonly pushers?: readonly string[];
  readonly linearHistory?: boolean;
  /** Nobody changes it. */
  readonly locked?: boolean;
}

/** Rules for all branches whose names fit. */
export interface RulesetRecord {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  /** Patterns of references, `~DEFAULT_BRANCH` and `~ALL`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly RuleRecord[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RuleRecord {
  readonly type:
    | "deletion"
    | "non_fast_forward"
    | "pull_request"
    | "required_linear_history"
    | "required_status_checks"
    | "update";
  /** In the names of the API. */
  readonly parameters?: JsonObject;
}

/** Who is told of what happens to a repository. */
export interface HookRecord {
  readonly id: number;
  readonly url: string;
  readonly contentType: "json" | "form";
  readonly insecureSsl: "0" | "1";
  /** Under the state's key. */
  readonly sealedSecret?: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastResponse?: { readonly code: number | null; readonly status: string; readonly message: string | null };
}

/** One event on its way to a hook, and what came of it. */
export interface DeliveryRecord {
  readonly id: number;
  readonly hookId: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly redelivery: boolean;
  readonly createdAt: number;
  readonly url: string;
  /** The payload, as it is sent. */
  readonly payload: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Absent until it has been tried. */
  readonly outcome?: {
    readonly status: string;
    readonly statusCode: number;
    /** Seconds. */
    readonly duration: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly payload: string;
  };
}

/** A request to merge one branch of a repository into another. */
export interface PullRecord {
  readonly number: number;
  /** Who opened it; the owner where absent. */
  readonly author?: string;
  /** Of whom a review is wanted. */
  readonly reviewers?: readonly string[];
  readonly title: string;
  readonly body: string | null;
  readonly draft: boolean;
  readonly state: "open" | "closed";
  readonly head: string;
  readonly headSha: string;
  readonly base: string;
  readonly baseSha: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt?: number;
  readonly mergedAt?: number;
  readonly mergeCommit?: string;
}

/** What somebody thinks of a pull request. */
export interface ReviewRecord {
  readonly id: number;
  readonly login: string;
  readonly state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED" | "DISMISSED";
  readonly body: string;
  /** The commit that was looked at. */
  readonly commit: string;
  readonly submittedAt?: number;
}

/** One check of a commit, as tools report it. */
export interface CheckRunRecord {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  readonly conclusion?:
    | "action_required"
    | "cancelled"
    | "failure"
    | "neutral"
    | "success"
    | "skipped"
    | "stale"
    | "timed_out";
  readonly startedAt: number;
  readonly completedAt?: number;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  readonly output?: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations: readonly JsonValue[];
  };
}

/** What somebody says of a commit or a pull request. */
export interface CommentRecord {
  readonly id: number;
  readonly kind: "commit" | "pull";
  /** The commit's id, or the pull request's number. */
  readonly subject: string;
  /** Who said it; the owner where absent. */
  readonly login?: string;
  readonly body: string;
  readonly path?: string;
  readonly position?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Where a remark on a pull request stands: on a file, a line of its diff, or several. */
export interface LinePlace {
  readonly path: string;
  readonly commit: string;
  readonly subjectType: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  readonly line?: number | undefined;
  readonly position?: number;
  readonly startLine?: number;
  readonly startSide?: "LEFT" | "RIGHT";
  /** The diff up to there. */
  readonly hunk: string;
}

/** A remark on lines of a pull request, as a part of a review. */
export interface LineCommentRecord {
  readonly id: number;
  readonly pull: number;
  readonly reviewId: number;
  readonly login: string;
  readonly body: string;
  readonly place: LinePlace;
  readonly inReplyTo?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A tag that is given out under a name. */
export interface ReleaseRecord {
  readonly id: number;
  readonly tag: string;
  readonly target: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly createdAt: number;
  readonly publishedAt?: number;
}

/** A file that is given out with a release. */
export interface AssetRecord {
  readonly id: number;
  readonly releaseId: number;
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  readonly blob: Blob;
  readonly downloads: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A wish that a commit be brought somewhere; what becomes of it are its statuses. */
export interface DeploymentRecord {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly payload: JsonValue;
  readonly environment: string;
  readonly description: string | null;
  readonly transient: boolean;
  readonly production: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface DeploymentStatusRecord {
  readonly id: number;
  readonly state: "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";
  readonly description: string;
  readonly logUrl: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly createdAt: number;
}

/** A repository of this machine whose branch one here follows. */
export interface MirrorRecord extends RepositoryName {
  /** The top of the followed repository. */
  readonly path: string;
  readonly branch: string;
  /** The branch here that goes with it. */
  readonly into: string;
  readonly state: "waiting" | "following" | "failing";
  readonly commit?: string;
  /** Why it fails. */
  readonly message?: string;
  readonly changedAt: number;
}

/**
 * The repositories of this cloud; GitHub knows no accounts or regions of AWS. Names are the same in any case of letters,
 * titles are not.
 */
export interface Repositories {
  get(name: RepositoryName): RepositoryRecord | undefined;
  put(repository: RepositoryRecord): void;
  remove(name: RepositoryName): void;
  list(): Iterable<RepositoryRecord>;
}

export const openRepositories = (records: Records): Repositories => {
  const byName = records.collection<RepositoryRecord>("repositories");
  /** The names of those that have a title, by owner and title. */
  const titles = records.collection<string>("repositoryTitles");
  const titleKey = (owner: string, title: string) => [owner.toLowerCase(), title];
  const get = ({ owner, name }: RepositoryName): RepositoryRecord | undefined => {
    const titled = titles.get(titleKey(owner, name));
    return byName.get(keyOf({ owner, name: titled ?? name }));
  };
  /** A title that another repository has meanwhile is that one's. */
  const forget = (repository: RepositoryName) => {
    const { owner, name, title } = byName.get(keyOf(repository)) ?? { ...repository, title: undefined };
    if (title !== undefined && titles.get(titleKey(owner, title)) === name) titles.delete(titleKey(owner, title));
  };
  return {
    get,
    put: (repository) => {
      const { owner, name, title } = repository;
      forget(repository);
      if (title !== undefined) titles.put(titleKey(owner, title), name);
      byName.put(keyOf(repository), repository);
    },
    remove: (name) => {
      forget(name);
      byName.delete(keyOf(name));
    },
    *list() {
      for (const { value } of byName.range()) yield value;
    },
  };
};

/** What the Git host keeps beside its repositories, each by the repository's owner and name first. */
export const openTables = (records: Records) => ({
  /** By commit and number. */
  statuses: records.collection<StatusRecord>("commitStatuses"),
  /** By branch. */
  protections: records.collection<ProtectionRecord>("protections"),
  /** By number. */
  rulesets: records.collection<RulesetRecord>("rulesets"),
  hooks: records.collection<HookRecord>("hooks"),
  /** By hook and number. */
  deliveries: records.collection<DeliveryRecord>("deliveries"),
  /** By number. */
  pulls: records.collection<PullRecord>("pulls"),
  /** By pull request and number. */
  reviews: records.collection<ReviewRecord>("reviews"),
  /** By number, as the next two. */
  checkRuns: records.collection<CheckRunRecord>("checkRuns"),
  comments: records.collection<CommentRecord>("comments"),
  /** By id. */
  lineComments: records.collection<LineCommentRecord>("lineComments"),
  releases: records.collection<ReleaseRecord>("releases"),
  /** By number. */
  assets: records.collection<AssetRecord>("releaseAssets"),
  deployments: records.collection<DeploymentRecord>("deployments"),
  /** By deployment and number. */
  deploymentStatuses: records.collection<DeploymentStatusRecord>("deploymentStatuses"),
  mirrors: records.collection<MirrorRecord>("mirrors"),
  /** The last number that was given out, by what it counts. */
  counters: records.collection<number>("counters"),
});
