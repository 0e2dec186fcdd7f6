import type { CommandIO, MetadataBearer } from "@smithy/types";
import type { HttpRequest, HttpResponse } from "./http.ts";
import type { Principal } from "./principal.ts";

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
  readonly MoveReferenceCommand?: Own<MoveReferenceInput, object>;
  readonly FillRepositoryCommand?: Own<FillRepositoryInput, object>;
}

type Own<I extends object, O extends object> = abstract new (...args: never[]) => CommandIO<I, O & MetadataBearer>;

/** A repository by what GitHub calls it: `OWNER/NAME`. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** Where a zip of code lies. */
interface CodeInS3 {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

interface CreateRepositoryInput extends RepositoryName {
  /** Another name it is found by: CodeCommit's, which may change. */
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The token that opens it over Git; the cloud's own credentials always do. */
  readonly accessToken?: string | undefined;
  /** A zip that becomes the first commit. */
  readonly code?: CodeInS3 | undefined;
}

/** What may change of a repository; a token that is absent is taken away, a title and a default branch stay. */
interface UpdateRepositoryInput extends RepositoryName {
  readonly title?: string | undefined;
  readonly defaultBranch?: string | undefined;
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

/** Moves a reference, which is told of like a push. Throws Conflict when it is not where `before` says. */
interface MoveReferenceInput extends RepositoryName {
  /** `refs/heads/main` */
  readonly ref: string;
  /** The commit it is at; absent for one that is new. */
  readonly before: string | undefined;
  /** The commit it is to be at; absent for one that goes. */
  readonly after: string | undefined;
  /** Who moves it, by the ARN. */
  readonly actor: string;
}

/** Makes a zip's files the first commit of a branch. */
interface FillRepositoryInput extends RepositoryName {
  readonly code: CodeInS3;
  readonly branch: string;
}

/**
 * CodeCommit's repositories lie on the Git host, too: those of an account and region under an owner of this name, each
 * named by its id, and found by what CodeCommit calls it as well.
 */
export const codeCommitOwner = ({ account, region }: { readonly account: string; readonly region: string }): string =>
  `codecommit-${account}-${region}`;

/** Where Git finds one of CodeCommit's repositories: curl resolves every name below localhost to this machine. */
export const codeCommitUrl = (endpoint: string, region: string, name: string): string => {
  const { protocol, port } = new URL(endpoint);
  return `${protocol}//git-codecommit.${region}.localhost:${port}/v1/repos/${name}`;
};

/** Whether an owner is CodeCommit's: nobody makes a repository of his by a push. */
export const isCodeCommitOwner = (owner: string): boolean => /^codecommit-\d{12}-/i.test(owner);

/** Who pushes, where another room than the Git host has found it out, and may say no. */
export interface Pusher {
  readonly arn: string;
  /** Throws where it is not for him to change one of the references. */
  readonly authorize: (refs: readonly string[]) => Promise<void>;
}

/** What Git shows for itself, and for which address. */
export interface GitLogin {
  readonly user: string;
  readonly password: string;
  /** Without the port. */
  readonly host: string;
  /** `/v1/repos/NAME` */
  readonly path: string;
  readonly region: string;
}

/** Whose a login is; undefined when it is nobody's. */
export type FindGitCaller = (login: GitLogin) => Principal | undefined;

/** A request of Git's smart HTTP protocol, once it is known whose it is and that he may. */
export interface GitRequest extends RepositoryName {
  /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack` */
  readonly service: string;
  readonly request: HttpRequest;
  readonly pusher: Pusher;
}

/** Answers requests for repositories that another room has the keys to. */
export type GitServer = (asked: GitRequest) => Promise<HttpResponse>;
