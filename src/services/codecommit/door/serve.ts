import type { Context } from "../../../kernel/context.ts";
import { AwsError, errorCode, errorMessage, known } from "../../../kernel/errors.ts";
import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import { actorOf } from "../actor.ts";
import { repositoryRequest } from "../iam.ts";
import { placeOf } from "../place.ts";
import { openRoomOf, type Room } from "../room.ts";
import { loginOf } from "./login.ts";
import type { CodeCommitDoorParts } from "./parts.ts";

const PATH = /^\/v1\/repos\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** Serves Git's smart HTTP protocol to whom IAM lets pull and push. */
export const serveGit = async (request: HttpRequest, parts: CodeCommitDoorParts): Promise<HttpResponse> => {
  const [, name = "", service = ""] = PATH.exec(request.path) ?? [];
  if (service === "") return refusal(404, "There is nothing but repositories here.");
  const login = loginOf(request, parts.region);
  if (!login) return unauthorized();
  const principal = parts.callerOf(login);
  // AWS: whoever shows what is wrong, or too old, is forbidden to come in.
  if (!principal) return refusal(403, "The user name and password, or the signature, are not right.");
  const room = known(openRoomOf(await parts.open(principal.account, login.region)), "CodeCommit's room");
  const ctx = room.deps.contextAs(principal, undefined, login.region, request.remoteAddress);
  try {
    await allowed(room, ctx, isPush(request, service) ? "GitPush" : "GitPull", name, [undefined]);
    const repository = room.tables.repositories.get(name);
    if (!repository) return refusal(404, `repository '${name}' not found`);
    const arn = actorOf(principal, ctx.partition);
    const authorize = (refs: readonly string[]) => allowed(room, ctx, "GitPush", name, refs);
    return await parts.serve({ ...placeOf(room, repository), service, request, pusher: { arn, authorize } });
  } catch (error) {
    if (error instanceof AwsError) return refusal(error.statusCode, error.message);
    throw error;
  }
};

const isPush = ({ rawQuery }: HttpRequest, service: string): boolean =>
  service === "/git-receive-pack" || new URLSearchParams(rawQuery).get("service") === "git-receive-pack";

/** Throws a 403 unless the caller may do it, with each of the references. */
const allowed = async (
  room: Room,
  ctx: Context,
  action: "GitPull" | "GitPush",
  name: string,
  references: readonly (string | undefined)[],
): Promise<void> => {
  try {
    await ctx.authorize(references.map((reference) => repositoryRequest(room, ctx, action, { name, reference })));
  } catch (error) {
    throw errorCode(error).startsWith("AccessDenied") ? new AwsError("AccessDenied", errorMessage(error), 403) : error;
  }
};

const unauthorized = (): HttpResponse => ({
  ...refusal(401, "Git must show a user name and a password for CodeCommit, or what its credential helper gives."),
  headers: { "www-authenticate": 'Basic realm="CodeCommit"', "content-type": "text/plain" },
});

const refusal = (status: number, message: string): HttpResponse => ({
  status,
  headers: { "content-type": "text/plain" },
  body: `${message}\n`,
});
