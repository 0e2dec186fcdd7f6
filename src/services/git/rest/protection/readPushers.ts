import type { JsonObject } from "../../../../kernel/json.ts";
import { OWNER } from "../../limits.ts";
import { refuse } from "../api.ts";
import { textsIn } from "../input.ts";
import { unbuilt } from "./unbuilt.ts";

/** There are neither teams nor apps here. */
export const pushersFrom = (restrictions: JsonObject): readonly string[] => {
  for (const kind of ["teams", "apps"]) {
    if ((textsIn(restrictions, kind) ?? []).length > 0) throw unbuilt(`restrictions to ${kind}`);
  }
  return loginsFrom(textsIn(restrictions, "users") ?? []);
};

export const loginsFrom = (users: readonly string[]): readonly string[] => {
  const wrong = users.find((login) => !OWNER.test(login));
  if (wrong !== undefined) throw refuse(422, `Invalid request.\n\n${JSON.stringify(wrong)} is not a login.`);
  return [...new Set(users.map((login) => login.toLowerCase()))];
};
