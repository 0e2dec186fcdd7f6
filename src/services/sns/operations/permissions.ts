import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { invalidParameter } from "../errors.ts";
import { findTopic } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { policyOf } from "../topics.ts";

type Topics = Pick<Room, "topics" | "account" | "region">;

const statementsOf = (room: Topics, arn: string): readonly JsonValue[] => {
  const { Statement }: JsonObject = JSON.parse(policyOf(findTopic(room, arn), room.account));
  return Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
};

const save = (room: Topics, arn: string, Statement: readonly JsonValue[]): void => {
  const topic = findTopic(room, arn);
  const document: JsonObject = JSON.parse(policyOf(topic, room.account));
  const Policy = JSON.stringify({ ...document, Statement });
  room.topics.put(arn, { ...topic, attributes: { ...topic.attributes, Policy } });
};

const isLabelled = (statement: JsonValue, label: string): boolean =>
  isJsonObject(statement) && statement["Sid"] === label;

const PERMITTED: ReadonlySet<string> = new Set([
  "AddPermission",
  "DeleteTopic",
  "GetDataProtectionPolicy",
  "GetTopicAttributes",
  "ListSubscriptionsByTopic",
  "ListTagsForResource",
  "Publish",
  "PutDataProtectionPolicy",
  "RemovePermission",
  "SetTopicAttributes",
  "Subscribe",
]);

/** Writes a statement into the topic's policy. AWS: a label is one statement. */
export const addPermission =
  (room: Topics): Operation<"AddPermission"> =>
  async (ctx, { TopicArn, Label, AWSAccountId, ActionName }) => {
    const statements = statementsOf(room, TopicArn);
    if (statements.some((each) => isLabelled(each, Label))) throw invalidParameter("Statement already exists");
    if (ActionName.some((name) => !PERMITTED.has(name))) {
      throw invalidParameter("Policy statement action out of service scope!");
    }
    const principals = AWSAccountId.map((id) => (id.startsWith("arn:") ? id : `arn:${ctx.partition}:iam::${id}:root`));
    const statement: JsonObject = {
      Sid: Label,
      Effect: "Allow",
      Principal: { AWS: principals.length === 1 ? (principals[0] ?? "") : principals },
      Action: ActionName.length === 1 ? `SNS:${ActionName[0]}` : ActionName.map((name) => `SNS:${name}`),
      Resource: TopicArn,
    };
    save(room, TopicArn, [...statements, statement]);
    return {};
  };

export const removePermission =
  (room: Topics): Operation<"RemovePermission"> =>
  async (_ctx, { TopicArn, Label }) => {
    save(
      room,
      TopicArn,
      statementsOf(room, TopicArn).filter((each) => !isLabelled(each, Label)),
    );
    return {};
  };
