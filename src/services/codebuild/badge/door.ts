import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { Cipher } from "../../../kernel/service.ts";
import type { Room } from "../room.ts";
import { openBadge } from "./address.ts";
import { badgeStatus, badgeSvg } from "./svg.ts";

/** Answers a badge's address: to anybody, as on AWS, and to no cache. */
export const answerBadge = async (
  { rawQuery }: HttpRequest,
  cipher: Cipher,
  open: (account: string, region: string) => Promise<unknown>,
): Promise<HttpResponse> => {
  const query = new URLSearchParams(rawQuery);
  const of = openBadge(cipher, query.get("uuid") ?? "");
  const room = of && (await open(of.account, of.region));
  if (!of || !isRoom(room) || !room.projects.get(of.projectName)?.settings.badgeEnabled)
    return { status: 404, headers: { "content-type": "text/plain" }, body: "There is no such badge.\n" };
  const headers = { "content-type": "image/svg+xml", "cache-control": "no-cache, no-store" };
  return { status: 200, headers, body: badgeSvg(badgeStatus(room, of.projectName, query.get("branch") ?? undefined)) };
};

const isRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "projects" in room && "builds" in room;
