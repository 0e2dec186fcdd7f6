import { AwsError, errorMessage, known } from "../../../kernel/errors.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { DEFAULT_BRANCH, makeRepository } from "../bareRepository.ts";
import { sameSecret } from "../find.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import { openRoomOf, type Room } from "../room.ts";
import { runBackend } from "./httpBackend.ts";
import type { GitDoorParts } from "./parts.ts";
import { receivePush } from "./receivePush.ts";

const PATH = /^\/git\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** Serves Git's smart HTTP protocol: https://git-scm.com/docs/http-protocol */
export const serveGit = async (request: HttpRequest, parts: GitDoorParts): Promise<HttpResponse> => {
  const [, owner = "", name = "", service = ""] = PATH.exec(request.path) ?? [];
  if (!service) return refusal(404, "Not found. Repositories are at /git/OWNER/NAME.git");
  const room = known(openRoomOf(await parts.open()), "the Git host's room");
  const password = passwordOf(request);
  // Nothing tells a stranger whether there is such a repository.
  if (password === undefined) return unauthorized();
  try {
    const isOwner = sameSecret(parts.secretAccessKey, password);
    const repository = await repositoryFor(room, { owner, name }, isOwner && isPush(request, service));
    if (!repository) return isOwner ? refusal(404, `There is no repository ${owner}/${name}.`) : unauthorized();
    if (!isOwner && !opens(room, repository, password)) return unauthorized();
    return service === "/git-receive-pack"
      ? await receivePush(room, repository, request)
      : await serveFetch(room, repository, request, service);
  } catch (error) {
    if (error instanceof AwsError) return refusal(error.statusCode, error.message);
    return refusal(500, errorMessage(error));
  }
};

const serveFetch = async (room: Room, repository: RepositoryRecord, request: HttpRequest, service: string) => {
  const { status, headers, body } = await runBackend(room, repository, request, service, () => {});
  return { status, headers, body };
};

/** The repository; the cloud's owner makes one by pushing to it. */
const repositoryFor = async (room: Room, name: RepositoryName, mayMake: boolean) => {
  const found = room.repositories.get(name);
  if (found || !mayMake || !OWNER.test(name.owner) || !REPOSITORY.test(name.name)) return found;
  await makeRepository(room, name, undefined);
  const made: RepositoryRecord = {
    ...name,
    description: "",
    defaultBranch: DEFAULT_BRANCH,
    createdAt: room.clock.now(),
  };
  room.repositories.put(made);
  await room.deps.records.committed();
  return made;
};

const opens = (room: Room, { sealedToken }: RepositoryRecord, password: string): boolean =>
  sealedToken !== undefined && sameSecret(room.deps.cipher.open(sealedToken), password);

const isPush = (request: HttpRequest, service: string): boolean =>
  service === "/git-receive-pack" || new URLSearchParams(request.rawQuery).get("service") === "git-receive-pack";

/** The token, which GitHub takes as the password, or alone in place of the user's name. */
const passwordOf = ({ headers }: HttpRequest): string | undefined => {
  const [scheme, encoded = ""] = (header(headers, "authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic") return undefined;
  const [user = "", ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return password.join(":") || user;
};

const unauthorized = (): HttpResponse => ({
  status: 401,
  headers: { "www-authenticate": 'Basic realm="aloft"', "content-type": "text/plain" },
  body: "The password is the repository's token, or the secret access key of this cloud.\n",
});

const refusal = (status: number, message: string): HttpResponse => ({
  status,
  headers: { "content-type": "text/plain" },
  body: `${message}\n`,
});
