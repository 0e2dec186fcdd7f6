import type { Cipher } from "../../../kernel/service.ts";

/** The project a badge is of. */
export interface BadgeOf {
  readonly account: string;
  readonly region: string;
  readonly projectName: string;
}

export const BADGE_PATH = "/_aloft/badges";

/** A badge's address. What it is of is sealed in it: nobody finds out by guessing which projects there are. */
export const badgeUrl = (endpoint: string, cipher: Cipher, of: BadgeOf): string =>
  `${endpoint}${BADGE_PATH}?uuid=${encodeURIComponent(cipher.seal(JSON.stringify(of)))}&branch=main`;

/** What an address is of; undefined for one that is none of ours. */
export const openBadge = (cipher: Cipher, uuid: string): BadgeOf | undefined => {
  try {
    return JSON.parse(cipher.open(uuid).toString());
  } catch {
    return undefined;
  }
};
