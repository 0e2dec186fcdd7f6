import type { FindGitCaller, GitServer } from "../../../kernel/gitHost.ts";

/** What CodeCommit's door is joined to. */
export interface CodeCommitDoorParts {
  /** Opens the room of an account and region. */
  readonly open: (account: string, region: string) => Promise<unknown>;
  readonly callerOf: FindGitCaller;
  /** The Git host, which has the repositories. */
  readonly serve: GitServer;
  /** Where repositories are whose address names no region. */
  readonly region: string;
}
