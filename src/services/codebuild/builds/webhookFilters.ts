import type { WebhookRecord } from "../records.ts";

/** What the filters of a webhook are asked about a push. */
export interface Push {
  readonly event: "PUSH";
  /** `refs/heads/BRANCH` or `refs/tags/TAG` */
  readonly ref: string;
  readonly owner: string;
  readonly repository: string;
  /** Whoever wrote the commit: the Git host knows no accounts. */
  readonly actor: string;
  readonly message: string;
  /** That any of the push's commits changed. */
  readonly changedFiles: readonly string[];
}

/** AWS: all filters of one group must match, and one group is enough; without any, every push matches. */
export const passes = ({ filterGroups, branchFilter }: WebhookRecord, push: Push): boolean => {
  if (branchFilter && !matches(branchFilter, push.ref.replace(/^refs\/heads\//, ""))) return false;
  if (filterGroups.length === 0) return true;
  return filterGroups.some((group) => group.every((filter) => holds(filter, push)));
};

type Filter = WebhookRecord["filterGroups"][number][number];

const holds = ({ type, pattern, excludeMatchedPattern = false }: Filter, push: Push): boolean => {
  if (type === "EVENT") return pattern.split(/\s*,\s*/).includes(push.event);
  const subjects = subjectsOf(type, push);
  // What an event does not have, such as a push a base reference, matches no filter, not even one that excludes.
  return subjects?.some((subject) => matches(pattern, subject)) === !excludeMatchedPattern;
};

const subjectsOf = (type: Filter["type"], push: Push): readonly string[] | undefined => {
  switch (type) {
    case "HEAD_REF":
      return [push.ref];
    case "ACTOR_ACCOUNT_ID":
      return [push.actor];
    case "COMMIT_MESSAGE":
      return [push.message];
    case "FILE_PATH":
      return push.changedFiles;
    case "REPOSITORY_NAME":
      return [push.repository];
    case "ORGANIZATION_NAME":
      return [push.owner];
    case "TAG_NAME":
      return push.ref.startsWith("refs/tags/") ? [push.ref.slice("refs/tags/".length)] : undefined;
    default:
      return undefined; // Of pull requests, releases and workflows, which a push is none of.
  }
};

const matches = (pattern: string, text: string): boolean => new RegExp(pattern).test(text);
