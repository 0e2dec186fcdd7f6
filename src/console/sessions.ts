import { timingSafeEqual } from "node:crypto";
import { type HttpRequest, header } from "../kernel/http.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Cipher } from "../kernel/service.ts";

/** Who has the console open: a browser that came by a one-time link. */
export interface Session {
  /** What the page sends with each call; a form or image of another page cannot. */
  readonly csrf: string;
  /** Milliseconds since the epoch, in the machine's time. */
  readonly expires: number;
}

export interface Sessions {
  /** A token that opens one session, once, within ten minutes. */
  createLink(): string;
  /** The cookie's value, or undefined when the token is unknown, used or too old. */
  redeem(token: string): string | undefined;
  find(cookie: string): Session | undefined;
}

const LINK_MS = 10 * 60_000;
const SESSION_MS = 12 * 3_600_000;
export const SESSION_SECONDS = SESSION_MS / 1000;
const MAX_LINKS = 100;
const TOKEN_BYTES = 32;

/**
 * The cookie is its own record, sealed under the state's key: it outlives a restart of the cloud.
 * Time is the machine's: whoever advances the cloud's clock over a night's bake is not to be locked out by it.
 */
export const createSessions = (cipher: Cipher, ids: Ids, machineTime: () => number = Date.now): Sessions => {
  const links = new Map<string, number>();
  const token = () => ids.bytes(TOKEN_BYTES).toString("base64url");
  return {
    createLink: () => {
      for (const [known, expires] of links) if (expires < machineTime() || links.size >= MAX_LINKS) links.delete(known);
      const link = token();
      links.set(link, machineTime() + LINK_MS);
      return link;
    },
    redeem: (link) => {
      const expires = links.get(link);
      links.delete(link);
      if (expires === undefined || expires < machineTime()) return undefined;
      const session: Session = { csrf: token(), expires: machineTime() + SESSION_MS };
      return Buffer.from(cipher.seal(`${PURPOSE}${JSON.stringify(session)}`), "base64").toString("base64url");
    },
    find: (cookie) => {
      const session = openCookie(cipher, cookie);
      return session && session.expires > machineTime() ? session : undefined;
    },
  };
};

/** The same key seals other things: none of them may pass for a session. */
const PURPOSE = "aloft-console:";

const openCookie = (cipher: Cipher, cookie: string): Session | undefined => {
  try {
    const text = cipher.open(Buffer.from(cookie, "base64url").toString("base64")).toString();
    return text.startsWith(PURPOSE) ? JSON.parse(text.slice(PURPOSE.length)) : undefined;
  } catch {
    // Not sealed by this cloud: nobody's.
    return undefined;
  }
};

/**
 * By this name a browser shows its session, to the console and to the Git host's pages. A browser keeps cookies by host,
 * whatever the port: clouds side by side each have a name of their own.
 */
export const sessionCookie = ({ host }: HttpRequest): string => `aloft-session-${/:(\d+)$/.exec(host)?.[1] ?? "80"}`;

/** The session a request shows. */
export const sessionOf = (sessions: Sessions, request: HttpRequest): Session | undefined => {
  const prefix = `${sessionCookie(request)}=`;
  const cookies = (header(request.headers, "cookie") ?? "").split(/;\s*/);
  const cookie = cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  return cookie === undefined ? undefined : sessions.find(cookie);
};

/** Compares without telling by its time how far two texts agree. */
export const sameSecret = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
