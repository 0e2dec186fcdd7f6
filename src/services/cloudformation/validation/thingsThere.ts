import type { Context } from "../../../kernel/context.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { CompiledStack } from "../definition/compile.ts";
import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { resourceContext } from "../run/driver.ts";
import { identifierNames, identifierOf } from "../schema/identifier.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import { isUnknown } from "../template/intrinsics/intrinsic.ts";
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
  const resource = compiled.resources.get(logicalId);
  if (resource === undefined || ALWAYS_THERE.has(resource.type)) return undefined;
  const { type } = resource;
  const names = await identifierNames(type);
  if (names.length === 0 || names.some((name) => resource.properties[name] === undefined)) return undefined;
  const read = (await typeFinder(room)(type))?.read;
  if (read === undefined) return undefined;
  const properties = compiled.properties(logicalId, noResources);
  const parts = partsIn(properties, names);
  if (parts === undefined || isOfUnknown(compiled.schemas.get(type), properties)) return undefined;
  const identifier = await identifierOf(type, parts);
  const around = resourceContext({ room, stack, ctx, tags: {} }, { type, logicalId, token: "" }, ctx.signal);
  const found = await read(around, identifier, properties);
  return found && { identifier, parts, properties };
};

/** Settings that another thing has from its beginning: no resource is in the way of these. */
const ALWAYS_THERE = new Set(["AWS::ApiGatewayV2::ApiGatewayManagedOverrides", "AWS::SNS::TopicInlinePolicy"]);

const partsIn = (properties: JsonObject, names: readonly string[]): Readonly<Record<string, string>> | undefined => {
  const parts: Record<string, string> = {};
  for (const name of names) {
    const value = properties[name];
    if (typeof value !== "string" || isUnknown(value)) return undefined;
    parts[name] = value;
  }
  return parts;
};

/** Whether it will be a part of something that is yet to be made: nothing of it can be there. */
const isOfUnknown = (schema: ResourceSchema | undefined, properties: JsonObject): boolean =>
  Object.entries(properties).some(([name, value]) => {
    const property = schema?.properties.get(name);
    return property?.isRequired === true && property.replaces === "Always" && isUnknown(value);
  });
