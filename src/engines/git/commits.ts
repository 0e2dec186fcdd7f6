import type { RepositoryName } from "../../kernel/gitHost.ts";
import { type GitMeans, git, gitText } from "./gitCommand.ts";
import { repositoryPath } from "./place.ts";

/** Who did something, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** In ISO 8601 in UTC. */
  readonly date: string;
  /** As git keeps it: `1700000000 +0200`. */
  readonly gitDate: string;
}

/** A commit as git keeps it. */
export interface CommitDetail {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  /** The message with the line breaks at its end. */
  readonly wholeMessage: string;
}

/** Which commits to list. */
export interface LogRange {
  /** Revisions and ranges as git names them; ids only, or names that were resolved before. */
  readonly revisions: readonly string[];
  readonly path?: string | undefined;
  readonly author?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly skip?: number;
  readonly limit?: number;
  readonly oldestFirst?: boolean;
  /** The revisions themselves, in their order, and not what led to them. */
  readonly isAlone?: boolean;
}

const FIELDS = ["%H", "%T", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B"];

/** The commits of a range, the newest first. */
export const listCommits = async (
  means: GitMeans,
  name: RepositoryName,
  range: LogRange,
): Promise<readonly CommitDetail[]> => {
  const { skip = 0, limit, oldestFirst = false, isAlone = false } = range;
  const args = [
    "log",
    "-z",
    "--date=raw",
    `--format=${FIELDS.join("%x1f")}`,
    `--skip=${skip}`,
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    ...(oldestFirst ? ["--reverse"] : []),
    ...(isAlone ? ["--no-walk=unsorted"] : []),
    ...selection(range),
  ];
  const shown = (await git(means, args, { cwd: repositoryPath(means, name) })).toString();
  return shown.split("\0").filter(Boolean).map(parseCommit);
};

/** How many commits a range has. */
export const countCommits = async (means: GitMeans, name: RepositoryName, range: LogRange): Promise<number> =>
  Number(await gitText(means, ["rev-list", "--count", ...selection(range)], { cwd: repositoryPath(means, name) }));

const selection = ({ revisions, path, author, since, until }: LogRange): readonly string[] => [
  ...(author ? ["--fixed-strings", `--author=${author}`] : []),
  ...(since ? [`--since=${since}`] : []),
  ...(until ? [`--until=${until}`] : []),
  "--end-of-options",
  ...revisions,
  "--",
  ...(path ? [`:(literal)${path}`] : []),
];

/** One commit as `listCommits` asks git to print it. */
export const parseCommit = (text: string): CommitDetail => {
  const [id = "", tree = "", parents = "", an = "", ae = "", at = "0", cn = "", ce = "", ct = "0", ...message] =
    text.split("\x1f");
  const wholeMessage = message.join("\x1f");
  return {
    id,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name: an, email: ae, date: isoOf(at), gitDate: at },
    committer: { name: cn, email: ce, date: isoOf(ct), gitDate: ct },
    message: wholeMessage.trimEnd(),
    wholeMessage,
  };
};

const isoOf = (date: string): string => new Date(Number.parseInt(date, 10) * 1000).toISOString().replace(".000Z", "Z");

/** Where two lines of commits parted; undefined when they have nothing in common. */
export const mergeBase = async (
  means: GitMeans,
  name: RepositoryName,
  a: string,
  b: string,
): Promise<string | undefined> => {
  try {
    return await gitText(means, ["merge-base", a, b], { cwd: repositoryPath(means, name) });
  } catch {
    // It exits with 1 for histories without a common commit.
    return undefined;
  }
};
