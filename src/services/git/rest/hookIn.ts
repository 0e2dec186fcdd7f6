import { keyOf } from "../../../engines/git/place.ts";
import type { HookRecord } from "../records.ts";
import { type AskedOf, notFound } from "./api.ts";

/** The hook whose number is the first thing the address names. */
export const hookIn = ({ room, repository, params }: AskedOf): HookRecord => {
  const hook = room.hooks.get([...keyOf(repository), Number(params[0])]);
  if (!hook) throw notFound();
  return hook;
};
