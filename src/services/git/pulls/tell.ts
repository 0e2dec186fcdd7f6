import { mergeBase } from "../history/commits.ts";
import { filesBetween } from "../history/diff.ts";
import { keyOf, type PullRecord, type RepositoryRecord } from "../records.ts";
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
  const event = EVENTS[action];
  if (event) await emit(room, repository, pull, event);
  await tell(room, repository, "pull_request", action, () => ({
    number: pull.number,
    pull_request: pullView(room, repository, pull),
  }));
};

const emit = async (room: Room, repository: RepositoryRecord, pull: PullRecord, event: string): Promise<void> => {
  const { owner, name } = repository;
  const parted = await mergeBase(room, repository, pull.baseSha, pull.headSha);
  const files = await filesBetween(room, repository, parted, pull.headSha);
  room.deps.events.emit({
    id: room.ids.uuid(),
    time: room.clock.now(),
    source: "aloft.git",
    detailType: "Git Pull Request",
    account: room.deps.account,
    region: room.deps.region,
    resources: [],
    detail: {
      owner,
      repository: name,
      event,
      number: pull.number,
      base: pull.base,
      head: pull.head,
      commit: pull.headSha,
      files: files.map(({ path }) => path),
    },
  });
};
