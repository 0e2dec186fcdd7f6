import { event as eventSubject, expectMap } from "../expect.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { Dict, literal, truthy } from "../values/value.ts";
import type { ImplicitApi } from "./implicitApis.ts";

/** `ServerlessRestApi`: the API of `Api` events that name none. */
export const implicitRestApi: ImplicitApi = {
  logicalId: "ServerlessRestApi",
  type: "AWS::Serverless::Api",
  eventType: "Api",
  idProperty: "RestApiId",
  condition: "ServerlessRestApiCondition",
  resource: () =>
    Dict.plain({
      Type: literal("AWS::Serverless::Api"),
      Properties: Dict.plain({
        StageName: literal("Prod"),
        DefinitionBody: RestDocument.skeleton(),
        __MANAGE_SWAGGER: true,
      }),
    }),
  isDocument: RestDocument.isValid,
  open: (body) => new RestDocument(body),
  eventProperties: (eventId, event) => {
    const properties = event.get("Properties");
    if (!truthy(properties)) return undefined;
    return expectMap(properties, eventSubject(eventId), "", "Properties should be a map.");
  },
};
