import { AwsError, errorMessage, known } from "../../../kernel/errors.ts";
import type { Pusher } from "../../../kernel/gitHost.ts";
import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { RepositoryRecord } from "../records.ts";
import { API_PATH } from "../rest/api.ts";
import { openRoomOf, type Room } from "../room.ts";
import { opens, opensAll, passwordOf } from "./credentials.ts";
import { inflated, runBackend } from "./httpBackend.ts";
import type { GitDoorParts } from "./parts.ts";
import { isReadToken } from "./readToken.ts";
import { receivePush } from "./receivePush.ts";
import { repositoryFor } from "./repositoryFor.ts";

const PATH = /^\/git\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

const LARGE_FILES = /^\/git\/[^/]+\/[^/]+\/info\/lfs\//;

/** Serves GitHub's API, pages for people, and Git's smart HTTP protocol: https://git-scm.com/docs/http-protocol */
export const serveGit = async (request: HttpRequest, parts: GitDoorParts): Promise<HttpResponse> => {
  const [, owner = "", name = "", service = ""] = PATH.exec(request.path) ?? [];
  const room = known(openRoomOf(await parts.open()), "the Git host's room");
  if (!service) {
    if (LARGE_FILES.test(request.path)) return largeFilesRefused();
    if (isApi(request.path)) return (await import("../rest/answer.ts")).answerApi(request, room, parts);
    const { answerWeb } = await import("../web/answer.ts");
    return answerWeb(request, room, parts);
  }
  const password = passwordOf(request);
  // Nothing tells a stranger whether there is such a repository.
  if (password === undefined) return unauthorized();
  try {
    const isOwner = await opensAll(parts, password);
    const repository = await repositoryFor(room, { owner, name }, isOwner && isPush(request, service));
    if (!repository) return isOwner ? refusal(404, `There is no repository ${owner}/${name}.`) : unauthorized();
    if (!isOwner && !opens(room, repository, password) && !mayRead(room, request, service, password)) {
      return unauthorized();
    }
    return await serveRepository(room, repository, { request, service });
  } catch (error) {
    return refusalOf(error);
  }
};

/** A request that has been let in. */
interface Admitted {
  readonly request: HttpRequest;
  readonly service: string;
  readonly pusher?: Pusher;
}

/** Takes a push or gives what is fetched. */
export const serveRepository = async (
  room: Room,
  repository: RepositoryRecord,
  { request, service, pusher }: Admitted,
): Promise<HttpResponse> => {
  try {
    return service === "/git-receive-pack" && request.method === "POST"
      ? await receivePush(room, repository, request, pusher)
      : await serveFetch(room, repository, request, service);
  } catch (error) {
    return refusalOf(error);
  }
};

const refusalOf = (error: unknown): HttpResponse => {
  if (error instanceof AwsError) return refusal(error.statusCode, error.message);
  const isCompression = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
  return refusal(isCompression ? 400 : 500, errorMessage(error));
};

const isApi = (path: string): boolean => path === API_PATH || path.startsWith(`${API_PATH}/`);

const serveFetch = async (room: Room, repository: RepositoryRecord, request: HttpRequest, service: string) => {
  const { status, headers, body } = await runBackend(room, repository, {
    request,
    service,
    body: inflated(request),
  });
  return { status, headers, body };
};

const mayRead = ({ deps, clock }: Room, request: HttpRequest, service: string, password: string): boolean =>
  !isPush(request, service) && isReadToken(deps.cipher, clock.now(), password);

const isPush = (request: HttpRequest, service: string): boolean =>
  service === "/git-receive-pack" || new URLSearchParams(request.rawQuery).get("service") === "git-receive-pack";

const unauthorized = (): HttpResponse => ({
  status: 401,
  headers: { "www-authenticate": 'Basic realm="aloft"', "content-type": "text/plain" },
  body: "The password is the repository's token, or the secret access key of this cloud.\n",
});

/** https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md: 501 is the protocol's own word for what is not there. */
const largeFilesRefused = (): HttpResponse => ({
  status: 501,
  headers: { "content-type": "application/vnd.git-lfs+json" },
  body: JSON.stringify({ message: "aloft has not built Git LFS: commit the files themselves (git lfs untrack)." }),
});

const refusal = (status: number, message: string): HttpResponse => ({
  status,
  headers: { "content-type": "text/plain" },
  body: `${message}\n`,
});
