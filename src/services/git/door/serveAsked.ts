import { known } from "../../../kernel/errors.ts";
import type { GitRequest } from "../../../kernel/gitHost.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { findRepository } from "../find.ts";
import { openRoomOf } from "../room.ts";
import { serveRepository } from "./smartHttp.ts";

/** Serves a request that another room has let in. */
export const serveAsked = (
  room: unknown,
  { owner, name, service, request, pusher }: GitRequest,
): Promise<HttpResponse> => {
  const host = known(openRoomOf(room), "the Git host's room");
  return serveRepository(host, findRepository(host, { owner, name }), { request, service, pusher });
};
