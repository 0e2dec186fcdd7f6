import { defineResourceType } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { memberPatches } from "./patches.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-clientcertificate.html */
interface ClientCertificateProperties {
  readonly Description?: string;
  readonly Tags?: TagList;
}

export const clientCertificateType = defineResourceType<ClientCertificateProperties>({
  name: "AWS::ApiGateway::ClientCertificate",
  create: async (ctx, { Description, Tags }) => {
    const input = { description: Description, tags: tagsOf(ctx, Tags) };
    const { clientCertificateId = "" } = await ctx.call("apigateway", "GenerateClientCertificate", input);
    return { physicalId: clientCertificateId, attributes: { ClientCertificateId: clientCertificateId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const patchOperations = memberPatches(
      { description: properties.Description },
      { description: desired.Description },
    );
    const clientCertificateId = physicalId;
    if (patchOperations.length > 0)
      await ctx.call("apigateway", "UpdateClientCertificate", { clientCertificateId, patchOperations });
    await retag(ctx, `/clientcertificates/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigateway", "DeleteClientCertificate", { clientCertificateId: physicalId }));
  },
  read: async (ctx, physicalId) => {
    const asked = ctx.call("apigateway", "GetClientCertificate", { clientCertificateId: physicalId });
    const found = await unlessMissing(asked, "NotFoundException");
    const properties = found && plain({ Description: found.description, Tags: tagList(found.tags) });
    return properties && { physicalId, attributes: { ClientCertificateId: physicalId }, properties, unread: [] };
  },
});
