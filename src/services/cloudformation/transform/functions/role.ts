import { managedPolicyArn } from "../arns.ts";
import { type CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { assumedBy, deadLetterQueuePolicy } from "../policies/documents.ts";
import { executionRole } from "../policies/roles.ts";
import { samTags } from "../tags.ts";
import { type Dict, isDict, textOf, truthy } from "../values/value.ts";
import { DEAD_LETTER_ACTIONS } from "./checks.ts";
import { isTraced } from "./lambdaFunction.ts";

/** The execution role of a function that brings none: logs, tracing, network access, and the author's policies. */
export const functionRole = (resource: SamResource, destinationPolicies: Dict[], context: Context): CfnResource => {
  const { properties, logicalId } = resource;
  const durable = truthy(properties.get("DurableConfig"));
  const basics = durable ? "AWSLambdaBasicDurableExecutionRolePolicy" : "AWSLambdaBasicExecutionRole";
  const managed = [`service-role/${basics}`];
  if (isTraced(resource, context)) managed.push(tracingPolicy(context.partition));
  if (truthy(properties.get("VpcConfig"))) managed.push("service-role/AWSLambdaVPCAccessExecutionRole");
  const trust = properties.get("AssumeRolePolicyDocument");
  return executionRole(
    logicalId,
    {
      attributes: passedOnAttributes(resource.attributes),
      trust: trust ?? assumedBy("lambda.amazonaws.com"),
      policies: properties.get("Policies"),
      managedPolicyArns: managed.map((name) => managedPolicyArn(context.partition, name)),
      inlinePolicies: [...deadLetterPolicies(resource), ...destinationPolicies],
      path: properties.get("RolePath"),
      permissionsBoundary: properties.get("PermissionsBoundary"),
      tags: samTags(logicalId, properties.get("Tags")),
    },
    context,
  );
};

/** AWS: the policy that lets a function write traces has another name in the commercial partition. */
export const tracingPolicy = (partition: string): string =>
  partition === "aws" ? "AWSXrayWriteOnlyAccess" : "AWSXRayDaemonWriteAccess";

const deadLetterPolicies = ({ properties }: SamResource): Dict[] => {
  const queue = properties.get("DeadLetterQueue");
  if (!isDict(queue) || queue.size === 0) return [];
  const action = DEAD_LETTER_ACTIONS[textOf(queue.get("Type")) ?? ""] ?? "";
  return [deadLetterQueuePolicy(action, queue.get("TargetArn"))];
};
