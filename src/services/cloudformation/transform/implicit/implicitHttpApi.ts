import { event as eventSubject, expectMap, resource as resourceSubject } from "../expect.ts";
import { conditional } from "../intrinsics.ts";
import { ANY_METHOD, DEFAULT_PATH } from "../openapi/document.ts";
import { HttpDocument } from "../openapi/httpDocument.ts";
import { Dict, isDict, literal, textOf, truthy } from "../values/value.ts";
import type { ImplicitApi } from "./implicitApis.ts";

/** `ServerlessHttpApi`: the API of `HttpApi` events that name none. */
export const implicitHttpApi: ImplicitApi = {
  logicalId: "ServerlessHttpApi",
  type: "AWS::Serverless::HttpApi",
  eventType: "HttpApi",
  idProperty: "ApiId",
  condition: "ServerlessHttpApiCondition",
  resource: () =>
    Dict.plain({
      Type: literal("AWS::Serverless::HttpApi"),
      Properties: Dict.plain({ DefinitionBody: HttpDocument.skeleton(), __MANAGE_SWAGGER: true }),
    }),
  isDocument: HttpDocument.isValid,
  open: (body) => new HttpDocument(body),
  eventProperties: (eventId, event) => {
    const given = event.has("Properties") ? event.get("Properties") : Dict.hashed();
    const properties = expectMap(given, eventSubject(eventId), "", "Properties should be a map.");
    event.put("Properties", properties);
    // An event without path and method takes whatever no other route takes.
    if (!truthy(properties.get("Path")) && !truthy(properties.get("Method"))) {
      properties.put("Path", DEFAULT_PATH);
      properties.put("Method", ANY_METHOD);
    }
    return properties;
  },
  afterEvent: (eventId, properties, api, apiId, condition) => {
    if (!properties.has("RouteSettings")) return;
    const method = textOf(properties.get("Method")) ?? "";
    const path = textOf(properties.get("Path")) ?? "";
    const route = method === ANY_METHOD ? path : `${method.toUpperCase()} ${path}`;
    const given = api.has("RouteSettings") ? api.get("RouteSettings") : Dict.plain();
    const settings = expectMap(given, resourceSubject(apiId), "RouteSettings");
    const own = properties.get("RouteSettings");
    const added = expectMap(
      truthy(condition) ? conditional(condition, own) : own,
      eventSubject(eventId),
      "RouteSettings",
    );
    const known = settings.setDefault(route, Dict.plain());
    if (isDict(known)) known.update(added);
    api.put("RouteSettings", settings);
  },
};
