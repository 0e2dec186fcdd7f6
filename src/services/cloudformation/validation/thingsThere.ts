import type { Context } from "../../../kernel/context.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { CompiledStack } from "../definition/compile.ts";
import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { resourceContext } from "../run/driver.ts";
import { identifierNames, identifierOf } from "../schema/identifier.ts";
import { noResources } from "../template/resolve.ts";
import { typeFinder } from "../types.ts";

/** Something in the world that goes by the name which a template gives a resource of its own. */
export interface ThingThere {
  readonly identifier: string;
  /** By which of its properties it is known. */
  readonly parts: Readonly<Record<string, string>>;
  readonly properties: JsonObject;
}

/** Looks for what goes by a resource's name. Undefined where its name is not given, or its type cannot be read. */
export const thingThere = async (
  room: Room,
  ctx: Context,
  stack: Pick<StackRecord, "stackId" | "stackName">,
  compiled: CompiledStack,
  logicalId: string,
): Promise<ThingThere | undefined> => {
  const type = compiled.resources.get(logicalId)?.type ?? "";
  const names = await identifierNames(type);
  const read = (await typeFinder(room)(type))?.read;
  if (names.length === 0 || read === undefined) return undefined;
  const properties = compiled.properties(logicalId, noResources);
  const parts: Record<string, string> = {};
  for (const name of names) {
    const value = properties[name];
    if (typeof value !== "string") return undefined;
    parts[name] = value;
  }
  const identifier = await identifierOf(type, parts);
  const around = resourceContext({ room, stack, ctx, tags: {} }, { type, logicalId, token: "" }, ctx.signal);
  const found = await read(around, identifier, properties);
  return found && { identifier, parts, properties };
};
