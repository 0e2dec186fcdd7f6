import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, plain, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A function's URL as it is now, by the ARN of what it leads to. */
export const readUrl = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const parts = physicalId.split(":");
  const [own, Qualifier] = [parts.slice(0, 7).join(":"), parts[7]];
  const found = await unlessMissing(ctx.call("lambda", "GetFunctionUrlConfig", { FunctionName: own, Qualifier }), GONE);
  if (!found) return undefined;
  const { FunctionArn = "", FunctionUrl = "", AuthType, InvokeMode, Cors } = found;
  const target = textOf(given, "TargetFunctionArn");
  // A template may name the alias within the target, as SAM does, or beside it.
  const isWithin = Qualifier !== undefined && target?.endsWith(`:${Qualifier}`);
  const named = isWithin
    ? { TargetFunctionArn: asGiven(target, FunctionArn) }
    : { TargetFunctionArn: asGiven(target, own), Qualifier };
  const properties = plain({ ...named, AuthType, InvokeMode, Cors });
  return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl }, properties, unread: [] };
};
