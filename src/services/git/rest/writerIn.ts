import type { Writer } from "../../../engines/git/write.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { type AskedOf, refuse } from "./api.ts";
import { objectIn, optionalTextIn, textIn } from "./input.ts";
import { gitDate, ownWriter } from "./writeFile.ts";

/** Who a request says wrote something, and when; undefined where it says nothing of that. */
export const writerIn = ({ room }: Pick<AskedOf, "room">, body: JsonObject, member: string): Writer | undefined => {
  const value = objectIn(body, member);
  if (value === undefined) return undefined;
  const date = optionalTextIn(value, "date");
  const ms = date === undefined ? room.clock.now() : Date.parse(date);
  if (Number.isNaN(ms)) throw refuse(422, `Invalid request.\n\nFor '${member}.date', ${date} is not a date-time.`);
  return { ...ownWriter(room), name: textIn(value, "name"), email: textIn(value, "email"), date: gitDate(ms) };
};
