import type { ProviderType } from "@aws-sdk/client-codestar-connections";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import type { Name } from "../names.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codeconnections-connection.html */
interface ConnectionProperties {
  readonly ConnectionName: string;
  readonly ProviderType?: ProviderType;
  readonly HostArn?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const TYPES: Readonly<Record<Name, string>> = {
  codeconnections: "AWS::CodeConnections::Connection",
  "codestar-connections": "AWS::CodeStarConnections::Connection",
};

/** A connection, by the type that has the service's name: AWS kept the older one beside the newer. */
export const connectionType = (service: Name) =>
  defineResourceType<ConnectionProperties>({
    name: TYPES[service],
    create: async (ctx, desired) => {
      const { ConnectionArn = "" } = await ctx.call(service, "CreateConnection", {
        ConnectionName: desired.ConnectionName,
        ProviderType: desired.ProviderType,
        HostArn: desired.HostArn,
        Tags: tagsOf(ctx, desired),
      });
      const attributes = { ConnectionArn, ConnectionStatus: "AVAILABLE", OwnerAccountId: ctx.account };
      return { physicalId: ConnectionArn, attributes };
    },
    update: async (ctx, { physicalId, attributes, properties }, desired) => {
      const tags = tagsOf(ctx, desired);
      const gone = (properties.Tags ?? []).map(({ Key }) => Key).filter((key) => !tags.some(({ Key }) => Key === key));
      const ResourceArn = physicalId;
      if (gone.length > 0) await ctx.call(service, "UntagResource", { ResourceArn, TagKeys: gone });
      if (tags.length > 0) await ctx.call(service, "TagResource", { ResourceArn, Tags: tags });
      return { physicalId, attributes };
    },
    delete: async (ctx, { physicalId }) => {
      try {
        await ctx.call(service, "DeleteConnection", { ConnectionArn: physicalId });
      } catch (error) {
        if (errorCode(error) !== "ResourceNotFoundException") throw error;
      }
    },
  });

const tagsOf = (ctx: ResourceContext, { Tags = [] }: ConnectionProperties) => {
  const own = new Map(Object.entries(ctx.tags).concat(Tags.map(({ Key, Value }) => [Key, Value])));
  return [...own].map(([Key, Value]) => ({ Key, Value }));
};
