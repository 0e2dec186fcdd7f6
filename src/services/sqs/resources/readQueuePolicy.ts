import type { JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import {
  parsed,
  plain,
  type ResourceReader,
  sharedDocument,
  textOf,
  textsOf,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";

/** The policy that a queue has. */
const policyOf = async (ctx: ResourceContext, QueueUrl: string): Promise<JsonValue | undefined> => {
  const asked = ctx.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  return parsed((await unlessMissing(asked, "QueueDoesNotExist"))?.Attributes?.["Policy"]);
};

/** One document on the queues that the template names: those that have another one are not among them. */
export const readQueuePolicy: ResourceReader = async (ctx, physicalId, given) => {
  const shared = await sharedDocument(textsOf(given, "Queues"), (name) => policyOf(ctx, name));
  if (shared === undefined) return undefined;
  const properties = plain({ PolicyDocument: shared.document, Queues: shared.holders });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};

/** The same for the one queue that an inline policy names. */
export const readQueueInlinePolicy: ResourceReader = async (ctx, physicalId, given) => {
  const Queue = textOf(given, "Queue") ?? physicalId;
  const PolicyDocument = await policyOf(ctx, Queue);
  if (PolicyDocument === undefined) return undefined;
  return { physicalId, attributes: {}, properties: plain({ PolicyDocument, Queue }), unread: [] };
};
