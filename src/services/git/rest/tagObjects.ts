import { gitText } from "../../../engines/git/gitCommand.ts";
import { repositoryPath } from "../../../engines/git/place.ts";
import { type AskedOf, created, notFound, ok, type RepositoryRoute, refuse } from "./api.ts";
import { readJson, textIn } from "./input.ts";
import { isObjectId } from "./objects.ts";
import { addressesOf, nodeId } from "./views.ts";
import { ownWriter } from "./writeFile.ts";
import { writerIn } from "./writerIn.ts";

/** GitHub: this makes the tag's object; a reference to it is made by a call of its own. */
const createTag: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const [tag, message, object, type] = ["tag", "message", "object", "type"].map((name) => textIn(body, name));
  const { name, email, date } = writerIn(asked, body, "tagger") ?? ownWriter(room);
  const lines = [`object ${object}`, `type ${type}`, `tag ${tag}`, `tagger ${name} <${email}> ${date}`, "", message];
  try {
    const input = `${lines.join("\n")}\n`;
    const sha = await gitText(room, ["mktag"], { cwd: repositoryPath(room, repository), input });
    return created(await tagView(asked, sha));
  } catch {
    // git checks the object, its type and the name.
    throw refuse(422, "Invalid tag: its object, type or name is not valid");
  }
};

const getTag: RepositoryRoute[1] = async (asked) => ok(await tagView(asked, asked.params[0] ?? ""));

/** https://docs.github.com/en/rest/git/tags */
const tagView = async ({ room, repository }: AskedOf, sha: string) => {
  const cwd = repositoryPath(room, repository);
  const text = isObjectId(sha) ? await gitText(room, ["cat-file", "tag", sha], { cwd }).catch(() => "") : "";
  const [head = "", ...message] = text.split("\n\n");
  const fields = new Map(head.split("\n").map((line) => [line.split(" ")[0], line.slice(line.indexOf(" ") + 1)]));
  const [, name = "", email = "", seconds = "0"] = /^(.*) <(.*)> (\d+)/.exec(fields.get("tagger") ?? "") ?? [];
  const object = fields.get("object");
  if (object === undefined) throw notFound();
  const { api } = addressesOf(room, repository);
  const type = fields.get("type") ?? "commit";
  return {
    node_id: nodeId("Tag", sha),
    tag: fields.get("tag") ?? "",
    sha,
    url: `${api}/git/tags/${sha}`,
    message: message.join("\n\n"),
    tagger: { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z") },
    object: { sha: object, type, url: `${api}/git/${type}s/${object}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null },
  };
};

export const tagObjectRoutes: readonly RepositoryRoute[] = [
  ["POST /git/tags", createTag],
  ["GET /git/tags/*", getTag],
];
