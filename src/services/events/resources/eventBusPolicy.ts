import { errorCode } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { asGiven, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
interface EventBusPolicyProperties {
  readonly EventBusName?: string;
  readonly StatementId: string;
  readonly Statement?: JsonObject | string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Key?: string; readonly Type?: string; readonly Value?: string };
}

const SAID = ["Action", "Condition", "Principal", "Statement"];

/** One statement of a bus's policy. */
export const eventBusPolicyType = defineResourceType<EventBusPolicyProperties>({
  name: "AWS::Events::EventBusPolicy",
  read: async (ctx, physicalId, given) => {
    const [bus = "default", sid = ""] = physicalId.split("|");
    const described = ctx.call("events", "DescribeEventBus", { Name: bus });
    const { Policy } = (await unlessMissing(described, "ResourceNotFoundException")) ?? {};
    const { Statement: all = [] } = Policy === undefined ? {} : JSON.parse(Policy);
    const found = [all].flat().find((one: unknown) => isJsonObject(one) && one["Sid"] === sid);
    if (!isJsonObject(found)) return undefined;
    const properties = plain({ EventBusName: asGiven(given["EventBusName"], bus), StatementId: sid });
    const { Statement: asked } = given;
    // The older way of saying it has become a statement, and cannot be told from one.
    if (!isJsonObject(asked)) return { physicalId, attributes: {}, properties, unread: SAID };
    const { Sid: _, ...statement } = found;
    const Statement = { ...statement, ...("Sid" in asked ? { Sid: asked["Sid"] ?? sid } : {}) };
    return { physicalId, attributes: {}, properties: { ...properties, Statement }, unread: [] };
  },
  create: async (ctx, desired) => {
    await put(ctx, desired);
    return { physicalId: `${desired.EventBusName ?? "default"}|${desired.StatementId}`, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await put(ctx, desired);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { EventBusName, StatementId } }) => {
    try {
      await ctx.call("events", "RemovePermission", { EventBusName, StatementId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
});

const put = async (ctx: ResourceContext, desired: EventBusPolicyProperties): Promise<void> => {
  const { EventBusName, StatementId, Statement, Action, Principal, Condition } = desired;
  if (Statement === undefined) {
    await ctx.call("events", "PutPermission", {
      EventBusName,
      StatementId,
      Action: Action ?? "events:PutEvents",
      Principal,
      ...(Condition ? { Condition: { Key: Condition.Key, Type: Condition.Type, Value: Condition.Value } } : {}),
    });
    return;
  }
  // A stack makes its statements side by side, and each call writes the whole policy: so one waits for the other.
  const mine = turn.then(() => putStatement(ctx, desired, Statement));
  turn = mine.catch(() => {});
  await mine;
};

let turn: Promise<void> = Promise.resolve();

const putStatement = async (
  ctx: ResourceContext,
  { EventBusName, StatementId }: EventBusPolicyProperties,
  statement: JsonObject | string,
): Promise<void> => {
  const own: JsonObject = typeof statement === "string" ? JSON.parse(statement) : statement;
  const { Policy } = await ctx.call("events", "DescribeEventBus", { Name: EventBusName });
  const { Statement: others = [] } = Policy === undefined ? {} : JSON.parse(Policy);
  const kept = [others].flat().filter((other: unknown) => !isJsonObject(other) || other["Sid"] !== StatementId);
  await ctx.call("events", "PutPermission", {
    EventBusName,
    Policy: JSON.stringify({ Version: "2012-10-17", Statement: [...kept, { ...own, Sid: StatementId }] }),
  });
};
