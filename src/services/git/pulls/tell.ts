import { mergeBase } from "../../../engines/git/commits.ts";
import { filesBetween } from "../../../engines/git/diff.ts";
import { git } from "../../../engines/git/gitCommand.ts";
import { keyOf, repositoryPath } from "../../../engines/git/place.ts";
import { own } from "../../../kernel/own.ts";
import { emit } from "../emit.ts";
import type { PullRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { pullView } from "./view.ts";

/** What happened to a pull request: GitHub's word of it, and CodePipeline's where a trigger may take it. */
const EVENTS: Readonly<Record<string, "OPEN" | "UPDATED" | "CLOSED">> = {
  opened: "OPEN",
  reopened: "OPEN",
  synchronize: "UPDATED",
  closed: "CLOSED",
};

/** Keeps a pull request as it is now, and tells pipelines and hooks what happened to it. */
export const putPull = async (
  room: Room,
  repository: RepositoryRecord,
  pull: PullRecord,
  action: string,
): Promise<void> => {
  room.pulls.put([...keyOf(repository), pull.number], pull);
  await room.deps.records.committed();
  const event = own(EVENTS, action);
  if (event) {
    await keepHead(room, repository, pull);
    await tellCloud(room, repository, pull, event, action);
  }
  await tell(room, repository, "pull_request", action, () => ({
    number: pull.number,
    pull_request: pullView(room, repository, pull),
  }));
};

/** GitHub: what a pull request asks to merge can be fetched by its number, also when its branch is gone. */
const keepHead = (room: Room, repository: RepositoryRecord, { number, headSha }: PullRecord) =>
  git(room, ["update-ref", `refs/pull/${number}/head`, headSha], { cwd: repositoryPath(room, repository) });

const tellCloud = async (
  room: Room,
  repository: RepositoryRecord,
  pull: PullRecord,
  event: string,
  action: string,
): Promise<void> => {
  const parted = await mergeBase(room, repository, pull.baseSha, pull.headSha);
  const files = await filesBetween(room, repository, parted, pull.headSha);
  emit(room, repository, "Git Pull Request", {
    event,
    action,
    merged: pull.mergedAt !== undefined,
    number: pull.number,
    title: pull.title,
    base: pull.base,
    head: pull.head,
    commit: pull.headSha,
    files: files.map(({ path }) => path),
  });
};
