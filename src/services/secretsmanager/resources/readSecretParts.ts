import { asGiven, parsed, picked, plain, type ResourceReader, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** The policy of a secret as it is now. */
export const readResourcePolicy: ResourceReader = async (ctx, physicalId, given) => {
  const found = await unlessMissing(ctx.call("secretsmanager", "GetResourcePolicy", { SecretId: physicalId }), GONE);
  const ResourcePolicy = parsed(found?.ResourcePolicy);
  if (found === undefined || ResourcePolicy === undefined) return undefined;
  const properties = plain({ SecretId: asGiven(given["SecretId"], found.ARN), ResourcePolicy });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: ["BlockPublicPolicy"] };
};

/** How a secret is rotated as it is now. */
export const readRotationSchedule: ResourceReader = async (ctx, physicalId, given) => {
  const found = await unlessMissing(ctx.call("secretsmanager", "DescribeSecret", { SecretId: physicalId }), GONE);
  if (!found?.RotationEnabled) return undefined;
  const properties = {
    ...plain({ SecretId: asGiven(given["SecretId"], found.ARN) }),
    ...picked(found, ["RotationLambdaARN", "RotationRules"]),
  };
  const unread = ["HostedRotationLambda", "RotateImmediatelyOnUpdate"];
  return { physicalId, attributes: { Id: physicalId }, properties, unread };
};
