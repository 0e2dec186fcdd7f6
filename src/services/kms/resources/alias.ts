import { defineResourceType } from "../../../kernel/resource.ts";
import { asGiven, plain } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html */
interface AliasProperties {
  readonly AliasName: string;
  readonly TargetKeyId: string;
}

export const aliasType = defineResourceType<AliasProperties>({
  name: "AWS::KMS::Alias",
  create: async (ctx, desired) => {
    await ctx.call("kms", "CreateAlias", desired);
    return { physicalId: desired.AliasName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await ctx.call("kms", "UpdateAlias", desired);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("kms", "DeleteAlias", { AliasName: physicalId });
    } catch (error) {
      if (!(error instanceof Error && error.name === "NotFoundException")) throw error;
    }
  },
  read: async (ctx, AliasName, given) => {
    let Marker: string | undefined;
    do {
      const { Aliases = [], NextMarker } = await ctx.call("kms", "ListAliases", { Marker });
      const alias = Aliases.find((each) => each.AliasName === AliasName);
      if (alias) {
        const TargetKeyId = asGiven(given["TargetKeyId"], alias.TargetKeyId);
        return { physicalId: AliasName, attributes: {}, properties: plain({ AliasName, TargetKeyId }), unread: [] };
      }
      Marker = NextMarker;
    } while (Marker !== undefined);
    return undefined;
  },
});
