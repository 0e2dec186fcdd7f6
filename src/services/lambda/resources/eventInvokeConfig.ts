import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readEventInvokeConfig } from "./readEventInvokeConfig.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
interface EventInvokeConfigProperties {
  readonly FunctionName: string;
  readonly Qualifier: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination: string };
    readonly OnFailure?: { readonly Destination: string };
  };
}

export const eventInvokeConfigType = defineResourceType<EventInvokeConfigProperties>({
  name: "AWS::Lambda::EventInvokeConfig",
  read: readEventInvokeConfig,
  create: async (ctx, desired) => {
    await ctx.call("lambda", "PutFunctionEventInvokeConfig", desired);
    return { physicalId: ctx.physicalName(), attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await ctx.call("lambda", "PutFunctionEventInvokeConfig", desired);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { FunctionName, Qualifier } }) => {
    await orGone(ctx.call("lambda", "DeleteFunctionEventInvokeConfig", { FunctionName, Qualifier }));
  },
});
