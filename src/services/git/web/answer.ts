import { listCommits } from "../../../engines/git/commits.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { commitAt, refsOf } from "../../../engines/git/revisions.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import { opens, opensAll, passwordOf } from "../door/credentials.ts";
import type { GitDoorParts } from "../door/parts.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { blobPage, rawPage } from "./blobPage.ts";
import { commitPage, commitsPage } from "./commitPages.ts";
import { html, page } from "./html.ts";
import { branchesPage, emptyPage, pullPage, pullsPage, repositoriesPage } from "./listPages.ts";
import type { Shown } from "./shown.ts";
import { type Place, treePage } from "./treePage.ts";

/** Shows repositories to people: `/git/OWNER/NAME` and what is below. Everything here only reads. */
export const answerWeb = async (request: HttpRequest, room: Room, parts: GitDoorParts): Promise<HttpResponse> => {
  if (request.method !== "GET" && request.method !== "HEAD") return missing();
  const maySee = await sightOf(request, room, parts);
  if (!maySee) return strangers();
  try {
    return (await find(request, room, maySee)) ?? missing();
  } catch (error) {
    return page("Something went wrong", [], html`<p>${errorMessage(error)}</p>`, 500);
  }
};

type Sight = (repository: RepositoryRecord) => boolean;

/** What somebody may see: all, by the console's session or the owner's password, or the one repository of a token. */
const sightOf = async (request: HttpRequest, room: Room, parts: GitDoorParts): Promise<Sight | undefined> => {
  if (parts.hasSession(request)) return () => true;
  const password = passwordOf(request);
  if (password === undefined) return undefined;
  if (await opensAll(parts, password)) return () => true;
  const own = [...room.repositories.list()].filter((repository) => opens(room, repository, password));
  return own.length === 0
    ? undefined
    : (repository) => own.some((each) => String(keyOf(each)) === String(keyOf(repository)));
};

const find = async (request: HttpRequest, room: Room, maySee: Sight): Promise<HttpResponse | undefined> => {
  const parts = request.path.split("/").slice(2).filter(Boolean).map(decoded);
  if (parts.includes(undefined)) return undefined;
  const [owner, name, kind = "", ...rest] = parts.map((part) => part ?? "");
  const seen = [...room.repositories.list()].filter(maySee);
  if (owner === undefined) return repositoriesPage(seen, "Repositories");
  if (name === undefined) {
    const own = seen.filter((each) => each.owner.toLowerCase() === owner.toLowerCase());
    return own.length === 0 ? undefined : repositoriesPage(own, owner);
  }
  const repository = room.repositories.get({ owner, name: name.replace(/\.git$/, "") });
  if (!repository || !maySee(repository)) return undefined;
  return show({ room, repository, query: new URLSearchParams(request.rawQuery) }, kind, rest.join("/"));
};

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    // Escapes that are none name nothing.
    return undefined;
  }
};

const show = async (shown: Shown, kind: string, rest: string): Promise<HttpResponse | undefined> => {
  const { room, repository } = shown;
  const refs = await refsOf(room, repository);
  if (refs.size === 0) return emptyPage(shown, room.deps.endpoint());
  if (kind === "branches") return branchesPage(shown, refs);
  if (kind === "pulls") return pullsPage(shown);
  if (kind === "pull") {
    const pull = room.pulls.get([...keyOf(repository), Number(rest)]);
    return pull && pullPage(shown, pull);
  }
  const place = await placeOf(shown, refs, kind === "" ? repository.defaultBranch : rest);
  return place && showPlace(shown, kind, place);
};

const showPlace = async (shown: Shown, kind: string, place: Place): Promise<HttpResponse | undefined> => {
  switch (kind) {
    case "":
    case "commits":
      return place.path === "" ? commitsPage(shown, place.ref, place.commit) : undefined;
    case "commit": {
      const [commit] = await listCommits(shown.room, shown.repository, { revisions: [place.commit], limit: 1 });
      return commit && place.path === "" ? commitPage(shown, commit) : undefined;
    }
    case "tree":
      return treePage(shown, place);
    case "blob":
      return blobPage(shown, place);
    case "raw":
      return rawPage(shown, place);
    default:
      return undefined;
  }
};

/** Names of branches may have slashes: the longest that is one is taken, and the rest is the path. */
const placeOf = async (shown: Shown, refs: ReadonlyMap<string, string>, text: string): Promise<Place | undefined> => {
  const parts = text.split("/");
  for (let length = parts.length; length > 0; length--) {
    const ref = parts.slice(0, length).join("/");
    const isName = refs.has(`refs/heads/${ref}`) || refs.has(`refs/tags/${ref}`);
    if (!isName && !(length === 1 && /^[0-9a-f]{7,40}$/.test(ref))) continue;
    try {
      const { commitId } = await commitAt(shown.room, shown.repository, ref);
      return { ref, commit: commitId, path: parts.slice(length).join("/") };
    } catch {
      // What looks like an id may be none.
      return undefined;
    }
  }
  return undefined;
};

const missing = (): HttpResponse =>
  page("Not found", [], html`<p>Nothing is here, or it is not yours to see.</p>`, 404);

const strangers = (): HttpResponse => {
  const text = html`<p>Open the console with <code>aloft open --console</code> and come back, or sign in: the password is a repository's token, or the secret access key of this cloud.</p>`;
  const { headers, ...rest } = page("Who are you?", [], text, 401);
  return { ...rest, headers: { ...headers, "www-authenticate": 'Basic realm="aloft"' } };
};
