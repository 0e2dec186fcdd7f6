import { listCommits, mergeBase } from "../../../engines/git/commits.ts";
import { mergedTree } from "../../../engines/git/merge.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { writeCommit } from "../../../engines/git/write.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { moveRef } from "../moveRef.ts";
import { pullView } from "../pulls/view.ts";
import { type AskedOf, created, nothing, type RepositoryRoute, refuse } from "./api.ts";
import { detailOf, resolveCommit } from "./commits.ts";
import { optionalTextIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";
import { pullIn } from "./pullIn.ts";
import { commitView } from "./views.ts";
import { checkProtection, ownWriter } from "./writeFile.ts";

/** Merges a commit into a branch; gives the merge's id, or undefined when the branch has it already. */
const mergeInto = async (
  { room, repository, caller }: AskedOf,
  branch: { readonly ref: string; readonly at: string },
  head: string,
  message: string,
): Promise<string | undefined> => {
  const { ref, at } = branch;
  if ((await mergeBase(room, repository, at, head)) === head) return undefined;
  const tree = await mergedTree(room, repository, at, head);
  if (tree === undefined) throw refuse(409, "Merge conflict");
  const own = ownWriter(room);
  const after = await writeCommit(room, repository, {
    ...{ tree, parents: [at, head], message },
    author: own,
    committer: own,
  });
  await checkProtection(room, repository, { ref, before: at, after, login: caller.login });
  await moveRef(room, repository, { ref, before: at, after });
  return after;
};

/** https://docs.github.com/en/rest/branches/branches#merge-a-branch */
const mergeBranch: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const [base, head] = [textIn(body, "base"), textIn(body, "head")];
  const ref = `refs/heads/${base}`;
  const at = (await refsOf(room, repository)).get(ref);
  if (at === undefined) throw refuse(404, "Base does not exist");
  const merged = await resolveCommit(asked, head).catch(() => {
    throw refuse(404, "Head does not exist");
  });
  const message = optionalTextIn(body, "commit_message") ?? `Merge ${head} into ${base}`;
  const id = await mergeInto(asked, { ref, at }, merged, message);
  return id === undefined ? nothing : created(commitView(room, repository, await detailOf(asked, id)));
};

/** https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request-branch */
const updateBranch: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const pull = pullIn(asked);
  const expected = optionalTextIn(await readJson(asked), "expected_head_sha");
  if (expected !== undefined && expected !== pull.headSha)
    throw refuse(422, "expected head sha didn’t match current head ref.");
  const ref = `refs/heads/${pull.head}`;
  const refs = await refsOf(room, repository);
  const [at, base] = [refs.get(ref), refs.get(`refs/heads/${pull.base}`)];
  if (pull.state !== "open" || at === undefined || base === undefined)
    throw refuse(422, "merge conflict between base and head");
  const message = `Merge branch '${pull.base}' into ${pull.head}`;
  const id = await mergeInto(asked, { ref, at }, base, message).catch((error: unknown) => {
    throw errorCode(error) === "GitHub" ? refuse(422, "merge conflict between base and head") : error;
  });
  if (id === undefined) throw refuse(422, "There are no new commits on the base branch.");
  return { status: 202, body: { message: "Updating pull request branch.", url: pullView(room, repository, pull).url } };
};

/** https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit */
const pullsOfCommit: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const id = await resolveCommit(asked, asked.params[0] ?? "");
  const found = [];
  for (const pull of room.pulls.values({ prefix: keyOf(repository) })) {
    const commits = await listCommits(room, repository, { revisions: [`${pull.baseSha}..${pull.headSha}`] });
    if (pull.mergeCommit === id || commits.some((commit) => commit.id === id)) found.push(pull);
  }
  return paged(asked, found, (pull) => pullView(room, repository, pull));
};

export const mergeRoutes: readonly RepositoryRoute[] = [
  ["POST /merges", mergeBranch],
  ["PUT /pulls/*/update-branch", updateBranch],
  ["GET /commits/**/pulls", pullsOfCommit],
];
