import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import {
  defineResourceType,
  type ResourceContext,
  type ResourceState,
  type ResourceType,
} from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import { responseUrl } from "../responseDoor.ts";
import type { Room } from "../room.ts";

const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * A resource that a function or a topic of the user's own makes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export const customResourceType = (room: Room, name: string): ResourceType =>
  defineResourceType<JsonObject>({
    name,
    create: async (ctx, desired) => {
      const response = await request(room, ctx, name, { RequestType: "Create" }, desired);
      const physicalId = textOf(response["PhysicalResourceId"]) ?? ctx.physicalName();
      // A creation that failed is taken back under the name it gave: it may have made something.
      if (response["Status"] !== "SUCCESS") ctx.made(physicalId);
      return stateOf(response, physicalId);
    },
    update: async (ctx, { physicalId, properties }, desired) => {
      const response = await request(
        room,
        ctx,
        name,
        { RequestType: "Update", PhysicalResourceId: physicalId, OldResourceProperties: asTexts(properties) },
        desired,
      );
      return stateOf(response, textOf(response["PhysicalResourceId"]) ?? physicalId);
    },
    delete: async (ctx, { physicalId, properties }) => {
      const fields = { RequestType: "Delete", PhysicalResourceId: physicalId };
      stateOf(await request(room, ctx, name, fields, properties), physicalId);
    },
  });

const stateOf = (response: JsonObject, physicalId: string): ResourceState => {
  if (response["Status"] !== "SUCCESS") {
    const requestId = textOf(response["RequestId"]) ?? "";
    const reason = textOf(response["Reason"]) ?? "";
    throw validationError(
      `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`,
    );
  }
  const data = response["Data"];
  return { physicalId, attributes: isJsonObject(data) ? data : {} };
};

const request = async (
  room: Room,
  ctx: ResourceContext,
  type: string,
  fields: JsonObject,
  properties: JsonObject,
): Promise<JsonObject> => {
  const token = room.ids.mixed(40);
  const requestId = room.ids.uuid();
  const message = {
    ...fields,
    ServiceToken: properties["ServiceToken"] ?? "",
    ResponseURL: responseUrl(room, token),
    StackId: ctx.stackId,
    RequestId: requestId,
    LogicalResourceId: ctx.logicalId,
    ResourceType: type,
    ResourceProperties: asTexts(properties),
  };
  const seconds = Number(properties["ServiceTimeout"] ?? DEFAULT_TIMEOUT_SECONDS);
  const waiting = new AbortController();
  const answer = room.responses.next(token, AbortSignal.any([ctx.signal, waiting.signal]));
  const late = room.clock.sleep(seconds * 1000, waiting.signal).then(() => {
    throw validationError(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
    );
  });
  late.catch(() => {});
  answer.catch(() => {});
  try {
    await send(ctx, textOf(properties["ServiceToken"]) ?? "", JSON.stringify(message));
    return await Promise.race([answer, late]);
  } finally {
    waiting.abort(new Error("the custom resource has answered"));
  }
};

const send = async (ctx: ResourceContext, serviceToken: string, message: string): Promise<void> => {
  const service = serviceToken.split(":")[2];
  if (service === "lambda") {
    await ctx.call("lambda", "Invoke", {
      FunctionName: serviceToken,
      InvocationType: "Event",
      Payload: new TextEncoder().encode(message),
    });
  } else if (service === "sns") {
    await ctx.call("sns", "Publish", {
      TopicArn: serviceToken,
      Subject: "AWS CloudFormation custom resource request",
      Message: message,
    });
  } else {
    throw validationError(`Invalid service token: ${serviceToken}`);
  }
};

/** AWS: every scalar in a custom resource's properties reaches the function as text. */
const asTexts = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asTexts(item)]));
  return value === null ? "" : String(value);
};

const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
