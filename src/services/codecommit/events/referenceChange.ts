import type { CloudEvent } from "../../../kernel/events.ts";
import { codeCommitOwner } from "../../../kernel/gitHost.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** What became of one branch or tag. */
export interface ReferenceChange {
  readonly repository: RepositoryRecord;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly type: "branch" | "tag";
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Who did it, by the ARN. */
  readonly actor: string;
}

const PREFIXES = { branch: "refs/heads/", tag: "refs/tags/" } as const;

/** What the Git host tells of a push, where it is of one of this room's repositories. */
export const changeOf = ({ deps, tables }: Room, event: CloudEvent): ReferenceChange | undefined => {
  if (event.source !== "aloft.git" || event.detailType !== "Git Push") return undefined;
  const { owner, repository: id, ref, before, commits, actor } = event.detail;
  const repository = owner === codeCommitOwner(deps) ? tables.repositories.byId(String(id)) : undefined;
  if (!repository || typeof ref !== "string" || !Array.isArray(commits)) return undefined;
  const type = ref.startsWith(PREFIXES.tag) ? "tag" : "branch";
  const after = commits.at(-1);
  return {
    ...{ repository, ref, type, name: ref.slice(PREFIXES[type].length) },
    before: typeof before === "string" ? before : undefined,
    after: typeof after === "string" ? after : undefined,
    actor: typeof actor === "string" ? actor : rootOf(deps.account, deps.partition).arn,
  };
};
