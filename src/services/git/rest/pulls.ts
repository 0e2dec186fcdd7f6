import { countCommits, mergeBase } from "../../../engines/git/commits.ts";
import { diffText, filesBetween } from "../../../engines/git/diff.ts";
import { mergedTree } from "../../../engines/git/merge.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { BRANCH, protectionOf } from "../protection/protectionOf.ts";
import { isLinear, NO_MERGES, pullRefusal } from "../protection/refusals.ts";
import { type MergeMethod, mergePull } from "../pulls/merge.ts";
import { putPull } from "../pulls/tell.ts";
import { pullView } from "../pulls/view.ts";
import type { PullRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { type AskedOf, created, invalid, mediaOf, notFound, nothing, ok, type RepositoryRoute, refuse } from "./api.ts";
import { flagIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { lineCommentsOf } from "./lineComments/kept.ts";
import { partedAt, pullIn } from "./pullIn.ts";
import { pullLists } from "./pullLists.ts";
import { OWNER_LOGIN, userView } from "./views.ts";
import { ownWriter } from "./writeFile.ts";

const createPull: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const title = textIn(body, "title");
  const head = textIn(body, "head").replace(`${repository.owner}:`, "");
  const base = textIn(body, "base");
  const refs = await refsOf(room, repository);
  const headSha = refs.get(`refs/heads/${head}`);
  const baseSha = refs.get(`refs/heads/${base}`);
  if (headSha === undefined) throw invalid("PullRequest", "head", "invalid");
  if (baseSha === undefined) throw invalid("PullRequest", "base", "invalid");
  const others = [...room.pulls.values({ prefix: keyOf(repository) })];
  if (others.some((pull) => pull.state === "open" && pull.head === head && pull.base === base))
    throw custom(`A pull request already exists for ${repository.owner}:${head}.`);
  const parted = await mergeBase(room, repository, baseSha, headSha);
  if (parted === undefined) throw custom(`The ${head} branch has no history in common with ${base}`);
  if (parted === headSha) throw custom(`No commits between ${base} and ${head}`);
  const now = room.clock.now();
  const pull: PullRecord = {
    number: nextNumber(room, "issues", ...keyOf(repository)),
    ...{ title, head, headSha, base, baseSha },
    body: optionalTextIn(body, "body") ?? null,
    draft: flagIn(body, "draft") ?? false,
    state: "open",
    author: asked.caller.login,
    createdAt: now,
    updatedAt: now,
  };
  await putPull(room, repository, pull, "opened");
  return created(await wholeView(asked, pull));
};

const custom = (message: string) =>
  refuse(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);

const getPull: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const media = mediaOf(asked.request);
  if (media !== "diff") return ok(await wholeView(asked, pull));
  const bytes = await diffText(asked.room, asked.repository, await partedAt(asked, pull), pull.headSha);
  return { status: 200, bytes, headers: { "content-type": "application/vnd.github.diff; charset=utf-8" } };
};

/** One pull request carries what lists leave out: whether it can be merged, and how much it changes. */
const wholeView = async (asked: AskedOf, pull: PullRecord) => {
  const { room, repository } = asked;
  const changes = await filesBetween(room, repository, await partedAt(asked, pull), pull.headSha);
  const isOpen = pull.state === "open";
  const tree = isOpen ? await mergedTree(room, repository, pull.baseSha, pull.headSha) : undefined;
  const why = isOpen ? pullRefusal(room, repository, pull, asked.caller.login) : undefined;
  const mergeability =
    tree === undefined ? "dirty" : why !== undefined ? "blocked" : (await isBehind(asked, pull)) ? "behind" : "clean";
  return {
    ...pullView(room, repository, pull),
    mergeable: isOpen ? tree !== undefined : null,
    mergeable_state: isOpen ? mergeability : "unknown",
    merged_by: pull.mergedAt === undefined ? null : userView(room, OWNER_LOGIN),
    comments: commentsOn(asked, pull),
    review_comments: lineCommentsOf(asked, pull.number).length,
    commits: await countCommits(room, repository, { revisions: [`${pull.baseSha}..${pull.headSha}`] }),
    additions: changes.reduce((sum, each) => sum + each.additions, 0),
    deletions: changes.reduce((sum, each) => sum + each.deletions, 0),
    changed_files: changes.length,
  };
};

const commentsOn = ({ room, repository }: AskedOf, { number }: PullRecord): number =>
  [...room.comments.values({ prefix: keyOf(repository) })].filter(
    (comment) => comment.kind === "pull" && comment.subject === String(number),
  ).length;

/** GitHub: where a branch's checks are strict, a pull request has to have all that the branch has. */
const isBehind = async (asked: AskedOf, pull: PullRecord): Promise<boolean> => {
  const protection = protectionOf(asked.room, asked.repository, `${BRANCH}${pull.base}`);
  if (!protection?.enforceAdmins || !protection.requiredChecks?.strict) return false;
  return (await partedAt(asked, pull)) !== pull.baseSha;
};

const updatePull: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const pull = pullIn(asked);
  const body = await readJson(asked);
  const state = optionalTextIn(body, "state") ?? pull.state;
  if (state !== "open" && state !== "closed") throw invalid("PullRequest", "state", "invalid");
  if (state === "open" && pull.mergedAt !== undefined)
    throw custom("state cannot be changed. The pull request is merged.");
  if (body["base"] !== undefined && body["base"] !== pull.base)
    throw refuse(501, "aloft has not built the change of a pull request's base yet.");
  const now = room.clock.now();
  const { closedAt, ...rest } = pull;
  const closed = state === "closed" ? { closedAt: closedAt ?? now } : {};
  const title = optionalTextIn(body, "title") ?? pull.title;
  const text = body["body"] === undefined ? pull.body : (optionalTextIn(body, "body") ?? null);
  const changed: PullRecord = { ...rest, ...closed, title, body: text, state, updatedAt: now };
  await putPull(room, repository, changed, actionOf(pull.state, state));
  return ok(await wholeView(asked, changed));
};

const actionOf = (before: PullRecord["state"], after: PullRecord["state"]): string =>
  before === after ? "edited" : after === "closed" ? "closed" : "reopened";

const METHODS = ["merge", "squash", "rebase"] as const;

const merge: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const pull = pullIn(asked);
  const body = await readJson(asked);
  if (pull.state !== "open") throw refuse(405, "Pull Request is not mergeable");
  if (pull.draft) throw refuse(405, "Pull Request is still a draft");
  const sha = optionalTextIn(body, "sha");
  if (sha !== undefined && sha !== pull.headSha)
    throw refuse(409, "Head branch was modified. Review and try the merge again.");
  const why = pullRefusal(room, repository, pull, asked.caller.login);
  if (why !== undefined) throw refuse(405, why);
  if (await isBehind(asked, pull)) throw refuse(405, "Head branch is out of date. Review and try the merge again.");
  const method = methodIn(optionalTextIn(body, "merge_method"));
  if (method === "merge" && isLinear(protectionOf(room, repository, `${BRANCH}${pull.base}`)))
    throw refuse(405, NO_MERGES);
  const merged = await mergePull(room, repository, pull, {
    method,
    title: optionalTextIn(body, "commit_title") ?? titleOf(asked, pull, method),
    message: optionalTextIn(body, "commit_message") ?? (method === "merge" ? pull.title : ""),
    committer: ownWriter(room),
  });
  return ok({ sha: merged, merged: true, message: "Pull Request successfully merged" });
};

const methodIn = (given: string | undefined): MergeMethod => {
  const method = METHODS.find((each) => each === (given ?? "merge"));
  if (!method)
    throw refuse(422, `Invalid request.\n\nFor 'merge_method', ${given} is not one of merge, squash, rebase.`);
  return method;
};

const titleOf = ({ repository }: AskedOf, { number, head, title }: PullRecord, method: MergeMethod): string =>
  method === "squash" ? `${title} (#${number})` : `Merge pull request #${number} from ${repository.owner}/${head}`;

const isMerged: RepositoryRoute[1] = async (asked) => {
  if (pullIn(asked).mergedAt === undefined) throw notFound();
  return nothing;
};

export const pullRoutes: readonly RepositoryRoute[] = [
  ["POST /pulls", createPull],
  ["GET /pulls/*", getPull],
  ["PATCH /pulls/*", updatePull],
  ["PUT /pulls/*/merge", merge],
  ["GET /pulls/*/merge", isMerged],
  ...pullLists,
];
