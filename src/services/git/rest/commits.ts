import {
  type CommitDetail,
  countCommits,
  type LogRange,
  listCommits,
  mergeBase,
} from "../../../engines/git/commits.ts";
import { diffText, filesBetween } from "../../../engines/git/diff.ts";
import { commitAt, refsOf } from "../../../engines/git/revisions.ts";
import { known } from "../../../kernel/errors.ts";
import { type Answer, type AskedOf, mediaOf, notFound, ok, type RepositoryRoute, refuse } from "./api.ts";
import { linkHeader, pageOf } from "./paging.ts";
import { addressesOf, commitView, fileView } from "./views.ts";

/** https://docs.github.com/en/rest/commits/commits#get-a-commit: of more files, the first. */
const MAX_FILES = 3000;
const MAX_COMPARED_FILES = 300;
const MAX_COMPARED_COMMITS = 250;

/** The id of the commit that a branch, a tag or an id names. Throws GitHub's refusal when none does. */
export const resolveCommit = async (
  { room, repository }: Pick<AskedOf, "room" | "repository">,
  ref: string,
): Promise<string> => {
  try {
    return (await commitAt(room, repository, ref.replace(/^(heads|tags)\//, "refs/$1/"))).commitId;
  } catch {
    throw refuse(422, `No commit found for SHA: ${ref}`);
  }
};

const listRoute: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const sha = query.get("sha");
  if (!sha && (await refsOf(room, repository)).size === 0) throw refuse(409, "Git Repository is empty.");
  const head = await resolveCommit(asked, sha || repository.defaultBranch).catch((error: unknown) => {
    if (sha) throw notFound();
    throw error;
  });
  const range: LogRange = {
    revisions: [head],
    path: query.get("path") ?? undefined,
    author: query.get("author") ?? undefined,
    since: dateIn(query, "since"),
    until: dateIn(query, "until"),
  };
  const { skip, size } = pageOf(query);
  const [commits, total] = await Promise.all([
    listCommits(room, repository, { ...range, skip, limit: size }),
    countCommits(room, repository, range),
  ]);
  return ok(
    commits.map((commit) => commitView(room, repository, commit)),
    linkHeader(asked, total),
  );
};

const dateIn = (query: URLSearchParams, name: string): string | undefined => {
  const text = query.get(name);
  if (!text) return undefined;
  if (Number.isNaN(Date.parse(text)))
    throw refuse(422, `Invalid request.\n\nFor '${name}', ${text} is not a date-time.`);
  return text;
};

const getCommit: RepositoryRoute[1] = async (asked) => {
  const { room, repository, request } = asked;
  const id = await resolveCommit(asked, asked.params[0] ?? "");
  const media = mediaOf(request);
  if (media === "sha") return plain(Buffer.from(id), media);
  const commit = await detailOf(asked, id);
  const [parent] = commit.parents;
  if (media === "diff" || media === "patch") return plain(await diffText(room, repository, parent, id), media);
  const changes = await filesBetween(room, repository, parent, id);
  return ok({
    ...commitView(room, repository, commit),
    stats: statsOf(changes),
    files: changes.slice(0, MAX_FILES).map((change) => fileView(room, repository, id, change)),
  });
};

const plain = (bytes: Uint8Array, media: string): Answer => ({
  status: 200,
  bytes,
  headers: { "content-type": `application/vnd.github.${media}; charset=utf-8` },
});

const statsOf = (changes: readonly { readonly additions: number; readonly deletions: number }[]) => {
  const additions = changes.reduce((sum, each) => sum + each.additions, 0);
  const deletions = changes.reduce((sum, each) => sum + each.deletions, 0);
  return { total: additions + deletions, additions, deletions };
};

/** One commit, whole. */
export const detailOf = async (
  { room, repository }: Pick<AskedOf, "room" | "repository">,
  id: string,
): Promise<CommitDetail> =>
  known((await listCommits(room, repository, { revisions: [id], limit: 1 }))[0], `the commit ${id}`);

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const compare: RepositoryRoute[1] = async (asked) => {
  const { room, repository, request, params } = asked;
  const [from = "", to = ""] = (params[0] ?? "").split("...");
  if (from === "" || to === "") throw notFound();
  const [base, head] = await Promise.all(
    [from, to].map((ref) =>
      resolveCommit(asked, ref.replace(`${repository.owner}:`, "")).catch(() => {
        throw notFound();
      }),
    ),
  );
  if (base === undefined || head === undefined) throw notFound();
  const parted = await mergeBase(room, repository, base, head);
  if (parted === undefined) throw refuse(404, `No common ancestor between ${from} and ${to}.`);
  const media = mediaOf(request);
  if (media === "diff" || media === "patch") return plain(await diffText(room, repository, parted, head), media);
  return ok(await comparisonView(asked, { base, head, parted, name: `${from}...${to}` }));
};

const comparisonView = async (
  asked: AskedOf,
  { base, head, parted, name }: { base: string; head: string; parted: string; name: string },
) => {
  const { room, repository } = asked;
  const { api, html } = addressesOf(room, repository);
  const { skip, size } = asked.query.has("per_page") ? pageOf(asked.query) : { skip: 0, size: MAX_COMPARED_COMMITS };
  const ahead: LogRange = { revisions: [`${base}..${head}`] };
  const [aheadBy, behindBy, commits, changes, baseCommit, partedCommit] = await Promise.all([
    countCommits(room, repository, ahead),
    countCommits(room, repository, { revisions: [`${head}..${base}`] }),
    listCommits(room, repository, { ...ahead, oldestFirst: true }),
    filesBetween(room, repository, parted, head),
    detailOf(asked, base),
    detailOf(asked, parted),
  ]);
  const view = (commit: CommitDetail) => commitView(room, repository, commit);
  const status = aheadBy === 0 ? (behindBy === 0 ? "identical" : "behind") : behindBy === 0 ? "ahead" : "diverged";
  return {
    url: `${api}/compare/${name}`,
    html_url: `${html}/compare/${name}`,
    permalink_url: `${html}/compare/${base}...${head}`,
    diff_url: `${html}/compare/${name}.diff`,
    patch_url: `${html}/compare/${name}.patch`,
    base_commit: view(baseCommit),
    merge_base_commit: view(partedCommit),
    status,
    ahead_by: aheadBy,
    behind_by: behindBy,
    total_commits: aheadBy,
    commits: commits.slice(skip, skip + size).map(view),
    files: changes.slice(0, MAX_COMPARED_FILES).map((change) => fileView(room, repository, head, change)),
  };
};

export const commitRoutes: readonly RepositoryRoute[] = [
  ["GET /commits", listRoute],
  ["GET /commits/**", getCommit],
  ["GET /compare/**", compare],
];
