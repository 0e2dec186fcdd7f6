import type { JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { parsed, plain, type ResourceReader, unlessMissing } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-resourcepolicy.html */
interface ResourcePolicyProperties {
  readonly ResourceArn: string;
  readonly PolicyDocument: JsonValue;
}

const read: ResourceReader = async (ctx, ResourceArn) => {
  const asked = ctx.call("lambda", "GetResourcePolicy", { ResourceArn });
  const found = await unlessMissing(asked, "ResourceNotFoundException");
  if (!found) return undefined;
  const properties = plain({ ResourceArn, PolicyDocument: parsed(found.Policy) });
  return { physicalId: ResourceArn, attributes: {}, properties, unread: [] };
};

export const resourcePolicyType = defineResourceType<ResourcePolicyProperties>({
  name: "AWS::Lambda::ResourcePolicy",
  read,
  create: (ctx, desired) => put(ctx, desired),
  update: (ctx, _current, desired) => put(ctx, desired),
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteResourcePolicy", { ResourceArn: physicalId }));
  },
});

const put = async ({ call }: ResourceContext, { ResourceArn, PolicyDocument }: ResourcePolicyProperties) => {
  const Policy = typeof PolicyDocument === "string" ? PolicyDocument : JSON.stringify(PolicyDocument);
  await call("lambda", "PutResourcePolicy", { ResourceArn, Policy });
  return { physicalId: ResourceArn, attributes: {} };
};
