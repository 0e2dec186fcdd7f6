import type { FrontDoor, HttpResponse } from "../../kernel/http.ts";
import type { Blob } from "../../store/blobs.ts";
import { CODE_LINK_MS } from "./limits.ts";
import type { Room } from "./room.ts";

const PATH = "/_lambda/code/";

/** A link by which anyone who has it can load a function's code for a while, as AWS's presigned one. */
export const codeLink = (
  { cipher, clock, endpoint }: Pick<Room, "cipher" | "clock" | "endpoint">,
  blob: Blob,
): string => {
  const sealed = cipher.seal(JSON.stringify({ blob, expiresAt: clock.now() + CODE_LINK_MS }));
  return `${endpoint()}${PATH}${Buffer.from(sealed, "base64").toString("base64url")}`;
};

/** Answers those links. */
export const codeDoor =
  ({ cipher, clock, blobs }: Pick<Room, "cipher" | "clock" | "blobs">): FrontDoor =>
  ({ method, path }) => {
    if (!path.startsWith(PATH)) return undefined;
    const answer = (): HttpResponse => {
      const link = method === "GET" ? openLink({ cipher }, path.slice(PATH.length)) : undefined;
      if (!link || link.expiresAt < clock.now()) return { status: 403, headers: {}, body: "Request has expired" };
      const headers = { "content-type": "application/zip", "content-length": String(link.blob.size) };
      return { status: 200, headers, body: blobs.read(link.blob) };
    };
    return Promise.resolve(answer());
  };

const openLink = ({ cipher }: Pick<Room, "cipher">, token: string): { blob: Blob; expiresAt: number } | undefined => {
  try {
    return JSON.parse(cipher.open(Buffer.from(token, "base64url").toString("base64")).toString());
  } catch {
    // Not a link of ours.
    return undefined;
  }
};
