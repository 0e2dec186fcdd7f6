import type { Cors, FunctionUrlAuthType, InvokeMode } from "@aws-sdk/client-lambda";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readUrl } from "./readUrl.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html */
interface UrlProperties {
  readonly TargetFunctionArn: string;
  readonly Qualifier?: string;
  readonly AuthType: FunctionUrlAuthType;
  readonly InvokeMode?: InvokeMode;
  readonly Cors?: Cors;
}

export const urlType = defineResourceType<UrlProperties>({
  name: "AWS::Lambda::Url",
  create: async (ctx, desired) => {
    const { FunctionArn = "", FunctionUrl = "" } = await ctx.call(
      "lambda",
      "CreateFunctionUrlConfig",
      urlInput(desired),
    );
    return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await ctx.call("lambda", "UpdateFunctionUrlConfig", { Cors: {}, InvokeMode: "BUFFERED", ...urlInput(desired) });
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { TargetFunctionArn, Qualifier } }) => {
    await orGone(ctx.call("lambda", "DeleteFunctionUrlConfig", { FunctionName: TargetFunctionArn, Qualifier }));
  },
  read: readUrl,
});

const urlInput = ({ TargetFunctionArn, ...rest }: UrlProperties) => ({ ...rest, FunctionName: TargetFunctionArn });
