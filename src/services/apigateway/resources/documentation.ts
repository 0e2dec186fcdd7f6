import type { DocumentationPartType } from "@aws-sdk/client-api-gateway";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { memberPatches } from "./patches.ts";
import { readDocumentationPart, readDocumentationVersion } from "./readDocumentation.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-documentationpart.html */
interface DocumentationPartProperties {
  readonly RestApiId: string;
  readonly Location: {
    readonly Type?: DocumentationPartType;
    readonly Path?: string;
    readonly Method?: string;
    readonly StatusCode?: string;
    readonly Name?: string;
  };
  readonly Properties: string;
}

export const documentationPartType = defineResourceType<DocumentationPartProperties>({
  name: "AWS::ApiGateway::DocumentationPart",
  read: readDocumentationPart,
  create: async (ctx, { RestApiId, Location, Properties }) => {
    const { id = "" } = await ctx.call("apigateway", "CreateDocumentationPart", {
      restApiId: RestApiId,
      location: {
        type: Location.Type,
        path: Location.Path,
        method: Location.Method,
        statusCode: Location.StatusCode,
        name: Location.Name,
      },
      properties: Properties,
    });
    return { physicalId: id, attributes: { DocumentationPartId: id } };
  },
  update: async (ctx, { physicalId, attributes }, { RestApiId, Properties }) => {
    await ctx.call("apigateway", "UpdateDocumentationPart", {
      restApiId: RestApiId,
      documentationPartId: physicalId,
      patchOperations: [{ op: "replace", path: "/properties", value: Properties }],
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    const part = { restApiId: RestApiId, documentationPartId: physicalId };
    await orGone(ctx.call("apigateway", "DeleteDocumentationPart", part));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-documentationversion.html */
interface DocumentationVersionProperties {
  readonly RestApiId: string;
  readonly DocumentationVersion: string;
  readonly Description?: string;
}

export const documentationVersionType = defineResourceType<DocumentationVersionProperties>({
  name: "AWS::ApiGateway::DocumentationVersion",
  read: readDocumentationVersion,
  create: async (ctx, { RestApiId, DocumentationVersion, Description }) => {
    await ctx.call("apigateway", "CreateDocumentationVersion", {
      restApiId: RestApiId,
      documentationVersion: DocumentationVersion,
      description: Description,
    });
    return { physicalId: DocumentationVersion, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, { RestApiId, Description: description }) => {
    await ctx.call("apigateway", "UpdateDocumentationVersion", {
      restApiId: RestApiId,
      documentationVersion: physicalId,
      patchOperations: memberPatches({ description: properties.Description }, { description }),
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    const version = { restApiId: RestApiId, documentationVersion: physicalId };
    await orGone(ctx.call("apigateway", "DeleteDocumentationVersion", version));
  },
});
