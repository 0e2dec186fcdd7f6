import { pagesByName, pagesByPlace } from "../../kernel/paging.ts";
import { invalidToken, refusal } from "./errors.ts";

/** One page of a list of things with names. */
export const pageByName = pagesByName(invalidToken);

/** One page of a list of anything. */
export const pageByPlace = pagesByPlace(invalidToken);

/** How many are asked for. Throws for none, and for more than there may be. */
export const sizeOf = (asked: number | undefined, most: number): number => {
  if (asked !== undefined && (asked < 1 || asked > most)) throw refusal("InvalidMaxResults");
  return asked ?? most;
};
