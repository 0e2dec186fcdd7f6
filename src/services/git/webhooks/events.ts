import { type CommitDetail, listCommits, mergeBase } from "../../../engines/git/commits.ts";
import { filesBetween } from "../../../engines/git/diff.ts";
import { peel } from "../../../engines/git/revisions.ts";
import type { RefUpdate } from "../door/pushRequest.ts";
import type { HookRecord, RepositoryRecord, StatusRecord } from "../records.ts";
import { addressesOf, commitView, isoTime, nodeId, OWNER_LOGIN, repositoryView, userView } from "../rest/views.ts";
import type { Room } from "../room.ts";
import { hooksFor, queue } from "./queue.ts";

const ZERO = "0".repeat(40);

/** Tells the hooks of an event; what they are told is made only when there are any. */
export const tell = async (
  room: Room,
  repository: RepositoryRecord,
  event: string,
  action: string | null,
  payload: () => object | Promise<object>,
): Promise<void> => {
  const hooks = hooksFor(room, repository, event);
  if (hooks.length === 0) return;
  const told = { ...(await payload()), ...shared(room, repository) };
  for (const hook of hooks) queue(room, repository, hook, { event, action, payload: told });
};

const shared = (room: Room, repository: RepositoryRecord) => ({
  repository: repositoryView(room, repository),
  sender: userView(room, OWNER_LOGIN),
});

/** GitHub: the first thing a hook hears. */
export const ping = (room: Room, repository: RepositoryRecord, hook: HookRecord, view: object): void => {
  const payload = { zen: "Keep it logically awesome.", hook_id: hook.id, hook: view, ...shared(room, repository) };
  queue(room, repository, hook, { event: "ping", action: null, payload });
};

/** A reference that was moved, made or removed. */
export const tellPush = async (
  room: Room,
  repository: RepositoryRecord,
  update: RefUpdate,
  commits: readonly string[],
): Promise<void> => {
  const { ref, before, after } = update;
  await tell(room, repository, "push", null, () => pushPayload(room, repository, update, commits));
  if (before !== undefined && after !== undefined) return;
  const [, kind, name] = /^refs\/(heads|tags)\/(.*)$/.exec(ref) ?? [];
  const type = kind === "tags" ? "tag" : "branch";
  await tell(room, repository, after === undefined ? "delete" : "create", null, () => ({
    ref: name,
    ref_type: type,
    master_branch: repository.defaultBranch,
    pusher_type: "user",
  }));
};

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
export const pushPayload = async (
  room: Room,
  repository: RepositoryRecord,
  { ref, before, after }: RefUpdate,
  commits: readonly string[],
): Promise<object> => {
  const { html } = addressesOf(room, repository);
  const details = await Promise.all(commits.map((id) => pushedCommit(room, repository, id)));
  const isForced =
    before !== undefined && after !== undefined && ref.startsWith("refs/heads/")
      ? (await mergeBase(room, repository, before, after)) !== before
      : false;
  return {
    ref,
    before: before ?? ZERO,
    after: after ?? ZERO,
    created: before === undefined,
    deleted: after === undefined,
    forced: isForced,
    base_ref: null,
    compare: `${html}/compare/${(before ?? ZERO).slice(0, 12)}...${(after ?? ZERO).slice(0, 12)}`,
    commits: before === undefined && ref.startsWith("refs/tags/") ? [] : details,
    head_commit: details.at(-1) ?? null,
    pusher: { name: OWNER_LOGIN, email: `${OWNER_LOGIN}@localhost` },
  };
};

const pushedCommit = async (room: Room, repository: RepositoryRecord, id: string) => {
  const [commit] = await listCommits(room, repository, { revisions: [id], limit: 1 });
  const changes = await filesBetween(room, repository, commit?.parents[0], id);
  const named = (...statuses: readonly string[]) =>
    changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  return {
    id,
    tree_id: commit?.tree,
    distinct: true,
    message: commit?.message,
    timestamp: commit?.committer.date,
    url: `${addressesOf(room, repository).html}/commit/${id}`,
    author: personOf(commit?.author),
    committer: personOf(commit?.committer),
    added: named("added", "copied", "renamed"),
    removed: named("removed"),
    modified: named("modified", "changed"),
  };
};

const personOf = (person: CommitDetail["author"] | undefined) => ({
  name: person?.name,
  email: person?.email,
  username: person?.name,
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#status */
export const tellStatus = (
  room: Room,
  repository: RepositoryRecord,
  commit: string,
  status: StatusRecord,
): Promise<void> =>
  tell(room, repository, "status", null, async () => {
    // A pipeline may speak of a commit that is in the repository no longer.
    const isHere = (await peel(room, repository, commit)) !== undefined;
    const [detail] = isHere ? await listCommits(room, repository, { revisions: [commit], limit: 1 }) : [];
    return {
      id: status.id,
      node_id: nodeId("Status", status.id),
      sha: commit,
      name: `${repository.owner}/${repository.name}`,
      context: status.context,
      state: status.state,
      description: status.description,
      target_url: status.targetUrl,
      commit: detail && commitView(room, repository, detail),
      branches: [],
      created_at: isoTime(status.createdAt),
      updated_at: isoTime(status.createdAt),
    };
  });
