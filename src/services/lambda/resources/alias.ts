import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { type ProvisionedConcurrency, provision } from "./provisioned.ts";
import { readAlias } from "./readAlias.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
interface AliasProperties {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly ProvisionedConcurrencyConfig?: ProvisionedConcurrency;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: readonly {
      readonly FunctionVersion: string;
      readonly FunctionWeight: number;
    }[];
  };
}

export const aliasType = defineResourceType<AliasProperties>({
  name: "AWS::Lambda::Alias",
  create: async (ctx, desired) => {
    const { AliasArn = "" } = await ctx.call("lambda", "CreateAlias", aliasInput(desired));
    ctx.made(AliasArn);
    const { ProvisionedConcurrencyConfig } = desired;
    if (ProvisionedConcurrencyConfig) await provision(ctx, targetOf(desired), ProvisionedConcurrencyConfig);
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },
  update: async (ctx, { physicalId, attributes, properties: before }, desired) => {
    const [had, wanted] = [before, desired].map((of) => of.ProvisionedConcurrencyConfig);
    await ctx.call("lambda", "UpdateAlias", aliasInput(desired));
    if (had?.ProvisionedConcurrentExecutions !== wanted?.ProvisionedConcurrentExecutions) {
      await provision(ctx, targetOf(desired), wanted);
    }
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { FunctionName, Name } }) => {
    await orGone(ctx.call("lambda", "DeleteAlias", { FunctionName, Name }));
  },
  read: readAlias,
});

const targetOf = ({ FunctionName, Name }: AliasProperties) => ({ FunctionName, Qualifier: Name });

const aliasInput = ({ FunctionName, Name, FunctionVersion, Description, RoutingConfig }: AliasProperties) => ({
  FunctionName,
  Name,
  FunctionVersion,
  Description: Description ?? "",
  RoutingConfig: {
    AdditionalVersionWeights: Object.fromEntries(
      (RoutingConfig?.AdditionalVersionWeights ?? []).map((weight) => [weight.FunctionVersion, weight.FunctionWeight]),
    ),
  },
});
