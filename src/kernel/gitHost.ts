import type { CommandIO, MetadataBearer } from "@smithy/types";

/**
 * What the Git host, which stands where GitHub stands on AWS, does for other rooms. It has no AWS API, so its operations
 * are described here in the form of an SDK's client. No request from outside reaches them.
 */
export interface GitHostModel {
  readonly CreateRepositoryCommand?: Own<CreateRepositoryInput, { readonly defaultBranch: string }>;
  readonly UpdateRepositoryCommand?: Own<UpdateRepositoryInput, object>;
  readonly DeleteRepositoryCommand?: Own<RepositoryName, object>;
  readonly GetCommitCommand?: Own<GetCommitInput, GitCommit>;
  readonly GetArchiveCommand?: Own<GetArchiveInput, { readonly archive: Uint8Array }>;
  readonly CreateReadTokenCommand?: Own<object, { readonly token: string }>;
  readonly UseConnectionCommand?: Own<UseConnectionInput, object>;
  readonly PutStatusCommand?: Own<PutStatusInput, object>;
}

type Own<I extends object, O extends object> = abstract new (...args: never[]) => CommandIO<I, O & MetadataBearer>;

/** A repository by what GitHub calls it: `OWNER/NAME`. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

interface CreateRepositoryInput extends RepositoryName {
  readonly description?: string | undefined;
  /** The token that opens it over Git; the cloud's own credentials always do. */
  readonly accessToken?: string | undefined;
  /** A zip that becomes the first commit. */
  readonly code?: { readonly bucket: string; readonly key: string; readonly version?: string | undefined } | undefined;
}

/** What may change of a repository; a token that is absent is taken away. */
interface UpdateRepositoryInput extends RepositoryName {
  readonly description?: string | undefined;
  readonly accessToken?: string | undefined;
}

interface GetCommitInput extends RepositoryName {
  /** A branch, or the id of a commit. */
  readonly ref: string;
  /** What the caller shows for itself; a connection needs none. */
  readonly token?: string | undefined;
}

export interface GitCommit {
  readonly commitId: string;
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  /** Milliseconds since the epoch, as `committedAt`. */
  readonly authoredAt: number;
  readonly committedAt: number;
}

interface GetArchiveInput extends RepositoryName {
  readonly commitId: string;
  /** The repository with its history, in place of its files alone. */
  readonly full?: boolean | undefined;
}

/** Asks whether the caller may use a connection: the permission `UseConnection` of the name in its ARN. */
interface UseConnectionInput {
  readonly connectionArn: string;
  readonly fullRepositoryId: string;
}

interface PutStatusInput extends RepositoryName {
  readonly commitId: string;
  readonly context: string;
  readonly state: "pending" | "success" | "failure" | "error";
  readonly description: string;
  readonly targetUrl?: string | undefined;
}
