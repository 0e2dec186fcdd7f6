import { own } from "../../../../kernel/own.ts";
import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { type Context, conditionOf, outputConditions, type SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { hashOf } from "../ids.ts";
import { conditional, getAtt, ifParts, isIf, isNoValue, not, ref } from "../intrinsics.ts";
import {
  invokeFunctionPolicy,
  publishToTopicPolicy,
  putEventsPolicy,
  sendToQueuePolicy,
  writeToBucketPolicy,
} from "../policies/documents.ts";
import { resolveParameters } from "../resolve.ts";
import { shown, shownNames } from "../values/text.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import type { Published } from "./version.ts";

interface Destinations {
  readonly resources: CfnResource[];
  /** What the function's role needs to reach its destinations. */
  readonly policies: Dict[];
}

/** EventInvokeConfig: retries and destinations of asynchronous invocations. */
export const eventInvokeConfig = (
  resource: SamResource,
  lambda: CfnResource,
  published: Published | undefined,
  context: Context,
): Destinations => {
  const source = resource.properties.get("EventInvokeConfig");
  if (!isDict(source) || source.size === 0) return { resources: [], policies: [] };
  const resolved = resolveParameters(source, context.parameters);
  const settings = isDict(resolved) ? resolved : Dict.plain();
  const logicalId = `${lambda.logicalId}EventInvokeConfig`;
  const { resources, policies, config } = destinations(resource, settings, logicalId, context);
  const invoke = new CfnResource("AWS::Lambda::EventInvokeConfig", logicalId, resource.attributes, {
    FunctionName: ref(lambda.logicalId),
    Qualifier: published ? published.aliasName : "$LATEST",
    DestinationConfig: config,
    MaximumEventAgeInSeconds: settings.get("MaximumEventAgeInSeconds"),
    MaximumRetryAttempts: settings.get("MaximumRetryAttempts"),
  });
  if (published) invoke.dependsOn = [published.alias.logicalId];
  return { resources: [...resources, invoke], policies };
};

const destinations = (
  resource: SamResource,
  settings: Dict,
  logicalId: string,
  context: Context,
): Destinations & { readonly config: Dict } => {
  const config = Dict.plain();
  const made: Destinations = { resources: [], policies: [] };
  const source = settings.get("DestinationConfig");
  if (!truthy(source)) return { ...made, config };
  const path = "EventInvokeConfig.DestinationConfig";
  const subject = resourceSubject(resource.logicalId);
  const map = expectMap(source, subject, path);
  for (const outcome of ["OnSuccess", "OnFailure"]) {
    const value = map.get(outcome);
    if (value === null) continue;
    const given = expectMap(value, subject, `${path}.${outcome}`);
    const one = destination(resource, given, logicalId, outcome, context);
    // AWS: functions share what Globals give them, so the first one's destination serves them all.
    given.set("Destination", one.destination);
    config.set(outcome, Dict.plain({ Destination: one.destination }));
    if (one.created) made.resources.push(one.created);
    made.policies.push(one.policy);
  }
  return { ...made, config };
};

const TYPES = ["SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"];
const CREATED = ["SQS", "SNS"];

const POLICIES: Readonly<Record<string, (arn: Value, logicalId: string) => Dict>> = {
  SQS: sendToQueuePolicy,
  SNS: publishToTopicPolicy,
  EventBridge: putEventsPolicy,
  Lambda: invokeFunctionPolicy,
  S3Bucket: writeToBucketPolicy,
};

interface Destination {
  readonly created: CfnResource | undefined;
  readonly destination: Value;
  readonly policy: Dict;
}

const destination = (
  resource: SamResource,
  config: Dict,
  logicalId: string,
  outcome: string,
  context: Context,
): Destination => {
  const type = textOf(config.get("Type")) ?? "";
  const policyOf = own(POLICIES, type);
  if (!policyOf) {
    throw new InvalidResource(
      resource.logicalId,
      `'Type: ${shown(config.get("Type"))}' must be one of ${shownNames(TYPES)}`,
    );
  }
  const given = config.get("Destination");
  const id = logicalId + outcome;
  const choice = givenUnless(given, logicalId, context);
  if (given !== null && !choice) return { created: undefined, destination: given, policy: policyOf(given, id) };
  if (!CREATED.includes(type)) {
    throw new InvalidResource(resource.logicalId, `Destination is required if Type is not ${shownNames(CREATED)}`);
  }
  const attributes = passedOnAttributes(resource.attributes);
  const condition = bothConditions(resource, choice?.condition, context);
  if (condition !== null) attributes.set("Condition", condition);
  const [cfnType, suffix] = type === "SQS" ? ["AWS::SQS::Queue", "Queue"] : ["AWS::SNS::Topic", "Topic"];
  const created = new CfnResource(cfnType, id + suffix, attributes);
  const createdArn = type === "SQS" ? getAtt(created.logicalId, "Arn") : ref(created.logicalId);
  const arn = choice ? conditional(choice.condition, createdArn, choice.given) : createdArn;
  return { created, destination: arn, policy: policyOf(arn, id) };
};

/** A destination given by `Fn::If` on one side only: the other side is created under the condition answered. */
const givenUnless = (
  given: Value,
  logicalId: string,
  context: Context,
): { readonly condition: Value; readonly given: Value } | undefined => {
  if (!isIf(given)) return undefined;
  const parts = ifParts(given);
  if (typeof parts === "string") throw new InvalidResource(logicalId, `Malformed 'Destination' property: ${parts}.`);
  const [condition, then, otherwise] = parts;
  if (isNoValue(then) === isNoValue(otherwise)) return undefined;
  if (isNoValue(then)) return { condition, given: otherwise };
  const negated = `NOT${textOf(condition) ?? ""}${hashOf(logicalId)}`;
  outputConditions(context).set(negated, not(condition));
  return { condition: negated, given: then };
};

const bothConditions = (resource: SamResource, chosen: Value | undefined, context: Context): Value => {
  const own = conditionOf(resource.attributes);
  if (own === null || chosen === undefined) return own ?? chosen ?? null;
  const name = `${textOf(own) ?? ""}AND${textOf(chosen) ?? ""}${hashOf(resource.logicalId)}`;
  // AWS: each operand is wrapped twice.
  const operands = [own, chosen].map((one) => Dict.plain({ Condition: Dict.plain({ Condition: one }) }));
  outputConditions(context).set(name, Dict.plain({ "Fn::And": operands }));
  return name;
};
