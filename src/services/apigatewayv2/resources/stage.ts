import type { AccessLogSettings, RouteSettings } from "@aws-sdk/client-apigatewayv2";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readStage } from "./readParts.ts";
import { reset } from "./reset.ts";
import { retag } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html */
interface StageProperties {
  readonly ApiId: string;
  readonly StageName: string;
  readonly AutoDeploy?: boolean;
  readonly ClientCertificateId?: string;
  readonly DeploymentId?: string;
  readonly Description?: string;
  readonly AccessLogSettings?: AccessLogSettings;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly RouteSettings?: Record<string, RouteSettings>;
  readonly StageVariables?: Record<string, string>;
  readonly Tags?: Readonly<Record<string, string>>;
}

const DEFAULTS = { DefaultRouteSettings: { DetailedMetricsEnabled: false } };

export const stageType = defineResourceType<StageProperties>({
  name: "AWS::ApiGatewayV2::Stage",
  unbuilt: ["AccessPolicyId"],
  create: async (ctx, desired) => {
    await ctx.call("apigatewayv2", "CreateStage", { ...desired, Tags: { ...ctx.tags, ...desired.Tags } });
    return { physicalId: desired.StageName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, { Tags, ...desired }) => {
    const { ApiId, StageName } = desired;
    if (properties.AccessLogSettings && !desired.AccessLogSettings) {
      await ctx.call("apigatewayv2", "DeleteAccessLogSettings", { ApiId, StageName });
    }
    const { Tags: tagsBefore, AccessLogSettings: _, ...before } = properties;
    await ctx.call("apigatewayv2", "UpdateStage", { ...desired, ...reset(before, desired, DEFAULTS) });
    await retag(ctx, `/apis/${ApiId}/stages/${StageName}`, tagsBefore, Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { ApiId, StageName } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteStage", { ApiId, StageName }));
  },
  read: readStage,
});
