import { refsOf } from "../../../engines/git/revisions.ts";
import { type TreeChange, treeWith, writeBlob, writeCommit } from "../../../engines/git/write.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { type AskedOf, created, type RepositoryRoute, refuse } from "./api.ts";
import { checkedPath } from "./checkedPath.ts";
import { detailOf } from "./commits.ts";
import { optionalTextIn, readJson, textIn, textsIn } from "./input.ts";
import { isObjectId, treeView } from "./objects.ts";
import { addressesOf, gitCommitView } from "./views.ts";
import { ownWriter } from "./writeFile.ts";
import { writerIn } from "./writerIn.ts";

/** GitHub: an empty repository takes objects only once it has a first commit. */
const notEmpty = async ({ room, repository }: AskedOf): Promise<void> => {
  if ((await refsOf(room, repository)).size === 0) throw refuse(409, "Git Repository is empty.");
};

const createBlob: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const content = textIn(body, "content");
  const encoding = optionalTextIn(body, "encoding") ?? "utf-8";
  if (encoding !== "utf-8" && encoding !== "base64")
    throw refuse(422, `Invalid request.\n\nFor 'encoding', ${encoding} is not one of utf-8, base64.`);
  await notEmpty(asked);
  const sha = await writeBlob(room, repository, Buffer.from(content, encoding));
  return created({ sha, url: `${addressesOf(room, repository).api}/git/blobs/${sha}` });
};

const MODES = ["100644", "100755", "040000", "160000", "120000"];

const createTree: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const entries = body["tree"];
  if (!Array.isArray(entries)) throw refuse(422, `Invalid request.\n\n"tree" wasn't supplied.`);
  const base = optionalTextIn(body, "base_tree");
  await notEmpty(asked);
  const changes: TreeChange[] = [];
  for (const entry of entries) changes.push(await changeOf(asked, entry));
  try {
    const sha = await treeWith(room, repository, base, changes);
    return created(await treeView(asked, sha));
  } catch {
    throw refuse(422, "Invalid tree info");
  }
};

/** GitHub: an entry names an object, brings its content along, or takes away what is there (`sha: null`). */
const changeOf = async ({ room, repository }: AskedOf, entry: JsonValue): Promise<TreeChange> => {
  if (!isJsonObject(entry)) throw refuse(422, "Invalid request.\n\nFor 'tree', an entry is not an object.");
  const path = checkedPath(textIn(entry, "path"));
  const mode = textIn(entry, "mode");
  if (!MODES.includes(mode)) throw refuse(422, "tree.mode is not valid");
  const content = optionalTextIn(entry, "content");
  if (content !== undefined) return { path, mode, id: await writeBlob(room, repository, Buffer.from(content)) };
  if (entry["sha"] === null) return { path, mode, id: undefined };
  const id = textIn(entry, "sha");
  if (!isObjectId(id)) throw refuse(422, `tree.sha ${id} is not a valid object`);
  return { path, mode, id };
};

const createCommit: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const message = textIn(body, "message");
  const tree = textIn(body, "tree");
  const parents = textsIn(body, "parents") ?? [];
  if (body["signature"] !== undefined) throw refuse(501, "aloft has not built signatures of commits yet.");
  await checkTree(asked, tree);
  for (const parent of parents) await checkParent(asked, parent);
  const own = writersIn(asked, body);
  const id = await writeCommit(room, repository, { tree, parents, message, ...own });
  return created(gitCommitView(room, repository, await detailOf(asked, id)));
};

/** GitHub: who is not said to have written or committed it is whoever asks; a committer is the author otherwise. */
const writersIn = (asked: AskedOf, body: JsonObject) => {
  const author = writerIn(asked, body, "author") ?? ownWriter(asked.room);
  return { author, committer: writerIn(asked, body, "committer") ?? author };
};

const checkTree = async (asked: AskedOf, sha: string): Promise<void> => {
  if (!isObjectId(sha)) throw refuse(422, "Tree SHA does not exist");
  await treeView(asked, sha).catch(() => {
    throw refuse(422, "Tree SHA does not exist");
  });
};

const checkParent = async (asked: AskedOf, sha: string): Promise<void> => {
  const refusal = refuse(422, "Parent SHA does not exist or is not a commit object");
  if (!isObjectId(sha)) throw refusal;
  await detailOf(asked, sha).catch(() => {
    throw refusal;
  });
};

/** https://docs.github.com/en/rest/git: what tools build commits of that have no working tree. */
export const newObjectRoutes: readonly RepositoryRoute[] = [
  ["POST /git/blobs", createBlob],
  ["POST /git/trees", createTree],
  ["POST /git/commits", createCommit],
];
