import { capitalized, plain, type ResourceReader, textOf } from "../../../kernel/resourceReading.ts";
import { ofApi } from "./readParts.ts";

export const readDocumentationPart: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetDocumentationPart", { restApiId, documentationPartId: physicalId }),
  );
  if (!found) return undefined;
  const { location = {}, properties: Properties } = found;
  const properties = {
    ...plain({ RestApiId: textOf(given, "RestApiId"), Properties }),
    Location: capitalized(location),
  };
  return { physicalId, attributes: { DocumentationPartId: physicalId }, properties, unread: [] };
};

export const readDocumentationVersion: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetDocumentationVersion", { restApiId, documentationVersion: physicalId }),
  );
  if (!found) return undefined;
  const { version: DocumentationVersion, description: Description } = found;
  const properties = plain({ RestApiId: textOf(given, "RestApiId"), DocumentationVersion, Description });
  return { physicalId, attributes: {}, properties, unread: [] };
};
