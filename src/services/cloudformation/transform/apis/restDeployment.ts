import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { hashOf } from "../ids.ts";
import { ref } from "../intrinsics.ts";
import { jsonText, printed, shown } from "../values/text.ts";
import { literal, truthy, type Value } from "../values/value.ts";

const HASH_LENGTH = 40;
const ID_HASH_LENGTH = 10;
const DELIMITER = "||";

/** The deployment before its id is known. */
export const restDeployment = (resource: SamResource): CfnResource =>
  new CfnResource(
    "AWS::ApiGateway::Deployment",
    `${resource.logicalId}Deployment`,
    passedOnAttributes(resource.attributes),
    {
      RestApiId: ref(resource.logicalId),
      // AWS: an extra stage called "Stage", kept for those who came to rely on it, gone with OpenApiVersion.
      StageName: truthy(resource.properties.get("OpenApiVersion")) ? null : "Stage",
    },
  );

/** Names the deployment by a hash of what it deploys: a changed API is a new deployment, an unchanged one is not. */
export const deploymentId = (
  resource: SamResource,
  definition: Value,
  deployment: CfnResource,
  context: Context,
): void => {
  if (!truthy(definition)) return;
  const data = truthy(resource.properties.get("AlwaysDeploy"))
    ? String(Math.trunc(context.nowMs() / 1000))
    : deployedText(resource, definition, context);
  const hash = hashOf(literal(data), HASH_LENGTH);
  deployment.logicalId += hash.slice(0, ID_HASH_LENGTH);
  deployment.set("Description", `RestApi deployment id: ${hash}`);
};

const deployedText = ({ properties, logicalId }: SamResource, definition: Value, context: Context): string => {
  const parts = [printed(definition)];
  const version = properties.get("OpenApiVersion");
  if (truthy(version)) parts.push(shown(version));
  const domain = properties.get("Domain");
  if (truthy(domain)) parts.push(jsonText(domain, { sortKeys: false, spaced: true }));
  const functions = context.functionNames.get(logicalId);
  if (functions) parts.push(functions);
  return parts.join(DELIMITER);
};
