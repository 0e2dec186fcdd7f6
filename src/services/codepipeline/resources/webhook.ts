import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { readWebhook } from "./readWebhook.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-webhook.html */
interface WebhookProperties {
  readonly Name?: string;
  readonly Authentication: "GITHUB_HMAC" | "IP" | "UNAUTHENTICATED";
  readonly AuthenticationConfiguration: { readonly AllowedIPRange?: string; readonly SecretToken?: string };
  readonly Filters: readonly { readonly JsonPath: string; readonly MatchEquals?: string }[];
  readonly TargetPipeline: string;
  readonly TargetPipelineVersion?: number;
  readonly TargetAction: string;
  readonly RegisterWithThirdParty?: boolean;
  readonly Tags?: TagList;
}

export const webhookType = defineResourceType<WebhookProperties>({
  name: "AWS::CodePipeline::Webhook",
  withoutEffect: { TargetPipelineVersion: "a webhook starts its pipeline as it is" },
  read: readWebhook,
  create: (ctx, desired) => put(ctx, desired.Name ?? ctx.physicalName({ maxLength: 100 }), desired),
  update: (ctx, { physicalId }, desired) => put(ctx, physicalId, desired),
  delete: async (ctx, { physicalId, properties }) => {
    if (properties.RegisterWithThirdParty) await deregister(ctx, physicalId);
    await ctx.call("codepipeline", "DeleteWebhook", { name: physicalId });
  },
});

const put = async (ctx: ResourceContext, name: string, desired: WebhookProperties) => {
  const { AuthenticationConfiguration, Filters } = desired;
  const { webhook } = await ctx.call("codepipeline", "PutWebhook", {
    webhook: {
      name,
      authentication: desired.Authentication,
      authenticationConfiguration: { ...AuthenticationConfiguration },
      filters: Filters.map(({ JsonPath, MatchEquals }) => ({
        jsonPath: JsonPath,
        ...(MatchEquals === undefined ? {} : { matchEquals: MatchEquals }),
      })),
      targetPipeline: desired.TargetPipeline,
      targetAction: desired.TargetAction,
    },
    tags: resourceTags(ctx, desired.Tags).map(({ Key, Value }) => ({ key: Key, value: Value })),
  });
  ctx.made(name);
  if (desired.RegisterWithThirdParty)
    await ctx.call("codepipeline", "RegisterWebhookWithThirdParty", { webhookName: name });
  return { physicalId: name, attributes: { Id: name, Url: webhook?.url ?? "" } };
};

const deregister = async (ctx: ResourceContext, webhookName: string): Promise<void> => {
  try {
    await ctx.call("codepipeline", "DeregisterWebhookWithThirdParty", { webhookName });
  } catch (error) {
    if (errorCode(error) !== "WebhookNotFoundException") throw error;
  }
};
