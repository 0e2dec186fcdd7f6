import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";

/** CDK's bookkeeping: a resource that is nothing but its name. */
export const cdkMetadataType = defineResourceType({
  name: "AWS::CDK::Metadata",
  withoutEffect: { Analytics: "CDK's own count of what its users build" },
  create: async (ctx: ResourceContext) => ({ physicalId: ctx.physicalName(), attributes: {} }),
  update: async (_ctx, { physicalId }) => ({ physicalId, attributes: {} }),
  delete: async () => {},
});
