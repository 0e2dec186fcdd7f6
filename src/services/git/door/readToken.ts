import type { Cipher } from "../../../kernel/service.ts";

/** Longer than any source takes to be cloned. */
const LIFETIME_MS = 60 * 60_000;
const KIND = "git read";

/** A token that opens every repository for reading, sealed so that only this cloud makes them. */
export const newReadToken = (cipher: Cipher, now: number): string =>
  cipher.seal(JSON.stringify([KIND, now + LIFETIME_MS]));

export const isReadToken = (cipher: Cipher, now: number, token: string): boolean => {
  try {
    const [kind, until]: readonly unknown[] = JSON.parse(cipher.open(token).toString());
    return kind === KIND && Number(until) > now;
  } catch {
    // A password of another kind.
    return false;
  }
};
