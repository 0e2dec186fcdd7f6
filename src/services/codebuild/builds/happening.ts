import type { CloudEvent } from "../../../kernel/events.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";

/** What happened to a repository of this cloud's Git host, in the words in which webhooks ask for it. */
export interface Happening {
  /** `PUSH`, `PULL_REQUEST_CREATED`, `RELEASED`, … */
  readonly event: string;
  readonly owner: string;
  readonly repository: string;
  readonly commit: string;
  /** What is built: a commit, `pr/1`, or a tag. */
  readonly sourceVersion: string;
  /** `branch/main`, `tag/v1`, `pr/1` */
  readonly trigger: string;
  /** `refs/heads/BRANCH` or `refs/tags/TAG` */
  readonly headRef: string;
  /** Of pull requests. */
  readonly baseRef?: string;
  /** Where a push found its branch. */
  readonly before?: string;
  /** Of pushes and pull requests. */
  readonly changedFiles?: readonly string[];
  readonly release?: { readonly tag: string; readonly name: string };
}

/** Undefined for what no webhook is told of, such as a branch that was removed. */
export const happeningOf = ({ source, detailType, detail }: CloudEvent): Happening | undefined => {
  if (source !== "aloft.git") return undefined;
  const place = { owner: String(detail["owner"]), repository: String(detail["repository"]) };
  const happening = own(READERS, detailType)?.(detail);
  return happening && { ...place, ...happening };
};

type Reader = (detail: CloudEvent["detail"]) => Omit<Happening, "owner" | "repository"> | undefined;

const ofPush: Reader = ({ ref, before, commits, changes }) => {
  const head = Array.isArray(commits) ? commits.at(-1) : undefined;
  if (typeof ref !== "string" || typeof head !== "string") return undefined;
  return {
    event: "PUSH",
    commit: head,
    sourceVersion: head,
    trigger: ref.replace(/^refs\/heads\//, "branch/").replace(/^refs\/tags\//, "tag/"),
    headRef: ref,
    changedFiles: isJsonObject(changes ?? null) ? Object.values(changes ?? {}).flatMap(textsOf) : [],
    ...(typeof before === "string" ? { before } : {}),
  };
};

const ofPull: Reader = ({ action, merged, number, base, head, commit, files }) => {
  const event = action === "closed" && merged === true ? "PULL_REQUEST_MERGED" : own(PULL_EVENTS, String(action));
  if (event === undefined) return undefined;
  return {
    event,
    commit: String(commit),
    sourceVersion: `pr/${number}`,
    trigger: `pr/${number}`,
    headRef: `refs/heads/${head}`,
    baseRef: `refs/heads/${base}`,
    changedFiles: textsOf(files),
  };
};

const PULL_EVENTS: Readonly<Record<string, string>> = {
  opened: "PULL_REQUEST_CREATED",
  synchronize: "PULL_REQUEST_UPDATED",
  reopened: "PULL_REQUEST_REOPENED",
  closed: "PULL_REQUEST_CLOSED",
};

const ofRelease: Reader = ({ tag, name, prerelease, commit }) => ({
  event: prerelease === true ? "PRERELEASED" : "RELEASED",
  commit: String(commit),
  sourceVersion: String(tag),
  trigger: `tag/${tag}`,
  headRef: `refs/tags/${tag}`,
  release: { tag: String(tag), name: String(name) },
});

const READERS: Readonly<Record<string, Reader>> = {
  "Git Push": ofPush,
  "Git Pull Request": ofPull,
  "Git Release": ofRelease,
};

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
