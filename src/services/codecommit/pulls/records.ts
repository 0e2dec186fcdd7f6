/** A request to merge one branch of a repository into another. */
export interface PullRecord {
  /** Counted in the account and region. */
  readonly number: number;
  readonly repositoryId: string;
  readonly title: string;
  readonly description?: string;
  readonly status: "OPEN" | "CLOSED";
  /** By the ARN. */
  readonly author: string;
  /** `refs/heads/feature` */
  readonly source: string;
  readonly destination: string;
  readonly sourceCommit: string;
  readonly destinationCommit: string;
  /** Another one with each change of the source. */
  readonly revisionId: string;
  readonly createdAt: number;
  readonly activeAt: number;
  readonly token?: string;
  readonly merged?: { readonly by: string; readonly commitId: string; readonly option: MergeOption };
  readonly rules: readonly ApprovalRuleRecord[];
  readonly approvals: readonly ApprovalRecord[];
  /** Of the present revision. */
  readonly overriddenBy?: string;
}

type MergeOption = "FAST_FORWARD_MERGE" | "SQUASH_MERGE" | "THREE_WAY_MERGE";

/** Who must approve of a pull request. */
export interface ApprovalRuleRecord {
  readonly id: string;
  readonly name: string;
  /** JSON, as it was given. */
  readonly content: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly template?: { readonly id: string; readonly name: string };
}

export interface ApprovalRecord {
  readonly userArn: string;
  readonly revisionId: string;
}

/** Something that happened to a pull request; what it tells beside who and when is kept as it is answered. */
export interface PullEventRecord {
  readonly type: PullEventType;
  readonly at: number;
  readonly actor: string;
  readonly detail: object;
  /** Of what tells where the sides parted: the commits they were at. */
  readonly sides?: { readonly source: string; readonly destination: string };
}

export type PullEventType =
  | "PULL_REQUEST_CREATED"
  | "PULL_REQUEST_STATUS_CHANGED"
  | "PULL_REQUEST_SOURCE_REFERENCE_UPDATED"
  | "PULL_REQUEST_MERGE_STATE_CHANGED"
  | "PULL_REQUEST_APPROVAL_RULE_CREATED"
  | "PULL_REQUEST_APPROVAL_RULE_UPDATED"
  | "PULL_REQUEST_APPROVAL_RULE_DELETED"
  | "PULL_REQUEST_APPROVAL_RULE_OVERRIDDEN"
  | "PULL_REQUEST_APPROVAL_STATE_CHANGED";
