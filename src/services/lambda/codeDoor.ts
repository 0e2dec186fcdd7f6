import type { HttpRequest, HttpResponse } from "../../kernel/http.ts";
import type { Blob } from "../../store/blobs.ts";
import { CODE_PATH } from "./codePath.ts";
import { CODE_LINK_MS } from "./limits.ts";
import { isLambdaRoom, type Room } from "./room.ts";

type LinkMeans = Pick<Room, "cipher" | "clock" | "endpoint" | "account" | "region">;

/** A link by which anyone who has it can load a function's code for a while, as AWS's presigned one. */
export const codeLink = ({ cipher, clock, endpoint, account, region }: LinkMeans, blob: Blob): string => {
  const sealed = cipher.seal(JSON.stringify({ blob, expiresAt: clock.now() + CODE_LINK_MS }));
  return `${endpoint()}${CODE_PATH}${account}/${region}/${Buffer.from(sealed, "base64").toString("base64url")}`;
};

/** Answers one of those links. */
export const answerCodeLink = async (
  { method, path }: HttpRequest,
  open: (account: string, region: string) => Promise<unknown>,
): Promise<HttpResponse> => {
  const [account = "", region = "", token = ""] = path.slice(CODE_PATH.length).split("/");
  const room = await open(account, region);
  const link = method === "GET" && isLambdaRoom(room) ? openLink(room, token) : undefined;
  if (!isLambdaRoom(room) || !link || link.expiresAt < room.clock.now()) {
    return { status: 403, headers: {}, body: "Request has expired" };
  }
  const headers = { "content-type": "application/zip", "content-length": String(link.blob.size) };
  return { status: 200, headers, body: room.blobs.read(link.blob) };
};

const openLink = ({ cipher }: Room, token: string): { blob: Blob; expiresAt: number } | undefined => {
  try {
    return JSON.parse(cipher.open(Buffer.from(token, "base64url").toString("base64")).toString());
  } catch {
    // Not a link of ours.
    return undefined;
  }
};
