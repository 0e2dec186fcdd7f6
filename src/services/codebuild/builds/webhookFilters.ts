import type { WebhookRecord } from "../records.ts";
import type { Happening } from "./happening.ts";

/** What the filters of a webhook are asked about. */
export interface Subject extends Happening {
  /** Whoever wrote the commit: the Git host knows no accounts. */
  readonly actor: string;
  readonly message: string;
}

/** AWS: all filters of one group must match, and one group is enough; without any, every push is built. */
export const passes = ({ filterGroups, branchFilter }: WebhookRecord, subject: Subject): boolean => {
  if (branchFilter && !matches(branchFilter, subject.headRef.replace(/^refs\/heads\//, ""))) return false;
  if (filterGroups.length === 0) return subject.event === "PUSH";
  return filterGroups.some((group) => group.every((filter) => holds(filter, subject)));
};

type Filter = WebhookRecord["filterGroups"][number][number];

const holds = ({ type, pattern, excludeMatchedPattern = false }: Filter, subject: Subject): boolean => {
  if (type === "EVENT") return pattern.split(/\s*,\s*/).includes(subject.event);
  // What an event does not have, such as a push a base reference, matches no filter, not even one that excludes.
  return textsOf(type, subject)?.some((text) => matches(pattern, text)) === !excludeMatchedPattern;
};

const textsOf = (type: Filter["type"], subject: Subject): readonly string[] | undefined => {
  const { headRef, baseRef, actor, message, changedFiles, release, owner, repository } = subject;
  switch (type) {
    case "HEAD_REF":
      return [headRef];
    case "BASE_REF":
      return baseRef === undefined ? undefined : [baseRef];
    case "ACTOR_ACCOUNT_ID":
      return [actor];
    case "COMMIT_MESSAGE":
      return release ? undefined : [message];
    case "FILE_PATH":
      return changedFiles;
    case "TAG_NAME":
      return release && [release.tag];
    case "RELEASE_NAME":
      return release && [release.name];
    case "REPOSITORY_NAME":
      return [repository];
    case "ORGANIZATION_NAME":
      return [owner];
    default:
      return undefined; // Of workflows, which the Git host has none of.
  }
};

const matches = (pattern: string, text: string): boolean => new RegExp(pattern).test(text);
