import type { ProtectionRecord } from "../../records.ts";
import { type Answer, type AskedOf, nothing, ok, type RepositoryRoute, refuse } from "../api.ts";
import { protectedBranchIn, putProtectionOf } from "./branchIn.ts";

export type Route = RepositoryRoute[1];

/** The address below which each rule of a branch has its own. */
export const AT = "/branches/**/protection";

/** Answers about the rules of the branch that the address names. */
export const about =
  (answer: (asked: AskedOf, protection: ProtectionRecord) => Answer | Promise<Answer>): Route =>
  async (asked) =>
    answer(asked, await protectedBranchIn(asked));

/** Keeps the rules as `change` makes them, and answers what `view` shows of them. */
export const changing = (
  change: (protection: ProtectionRecord, asked: AskedOf) => ProtectionRecord | Promise<ProtectionRecord>,
  view: (asked: AskedOf, protection: ProtectionRecord) => unknown = () => undefined,
): Route =>
  about(async (asked, before) => {
    const protection = await change(before, asked);
    putProtectionOf(asked, protection);
    const body = view(asked, protection);
    return body === undefined ? nothing : ok(body);
  });

/** A view whose part is not there is GitHub's 404. */
export const shown = (view: (asked: AskedOf, protection: ProtectionRecord) => unknown, what: string): Route =>
  about((asked, protection) => {
    const body = view(asked, protection);
    if (body === undefined) throw refuse(404, what);
    return ok(body);
  });
