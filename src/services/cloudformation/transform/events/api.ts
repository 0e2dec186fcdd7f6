import { accountArn, serviceArn } from "../arns.ts";
import type { CfnResource } from "../cfnResource.ts";
import { type Context, conditionOf } from "../context.ts";
import { InvalidEvent, InvalidResource } from "../errors.ts";
import { event as eventSubject, expectMap, resource as resourceSubject } from "../expect.ts";
import { shorthand, sub } from "../intrinsics.ts";
import { getDeep, integrationOf, methodName } from "../openapi/document.ts";
import { withoutVariables } from "../openapi/resourcePolicy.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { LIST, MAP, optional, required, TEXT, WHOLE } from "../properties.ts";
import { Dict, literal, textOf, truthy, type Value } from "../values/value.ts";
import { addRequestModelOf, addRequestParametersOf } from "./apiRequests.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { addEventAuth, type LinkedApi, linkedApi } from "./linkedApi.ts";
import { invokePermission } from "./permission.ts";
import { type Route, routeOf } from "./route.ts";

/** `Api`: a method of a REST API invokes the function. */
export const apiEvent: EventType = {
  properties: {
    Path: required(TEXT),
    Method: required(TEXT),
    RestApiId: required(TEXT),
    Stage: optional(TEXT),
    Auth: optional(MAP),
    RequestModel: optional(MAP),
    RequestParameters: optional(LIST),
    TimeoutInMillis: optional(WHOLE),
    ResponseTransferMode: optional(TEXT),
  },
  link: (source, context) => {
    linkedApi(source, context);
  },
  generate: (source, target, context) => {
    const api = linkedApi(source, context);
    const route = routeOf(source);
    const permission = apiPermission(source, target, api, route, context);
    const merge = truthy(api.properties.get("MergeDefinitions"));
    if (truthy(api.properties.get("__MANAGE_SWAGGER")) || merge) {
      integrate(source, target, api, route, context);
    }
    overrideAuth(source, api, route, context);
    return [permission];
  },
};

const apiPermission = (
  source: EventSource,
  target: EventTarget,
  api: LinkedApi,
  { path, method }: Route,
  context: Context,
): CfnResource => {
  const resource = withoutVariables(path.length > 1 ? path.replace(/\/$/, "") : path);
  const methods = method === "any" ? "*" : method.toUpperCase();
  const arn = accountArn(context.partition, "execute-api", `\${__ApiId__}/\${__Stage__}/${methods}${resource}`);
  return invokePermission(source, target, {
    principal: "apigateway.amazonaws.com",
    sourceArn: sub(arn, Dict.plain({ __ApiId__: source.properties.get("RestApiId"), __Stage__: "*" })),
    suffix: textOf(api.stage) ?? "",
  });
};

const integrate = (source: EventSource, target: EventTarget, api: LinkedApi, route: Route, context: Context): void => {
  const { properties } = source;
  const body = api.properties.get("DefinitionBody");
  if (body === null) return;
  const merge = truthy(api.properties.get("MergeDefinitions"));
  const document = new RestDocument(merge ? RestDocument.skeleton() : body);
  if (document.hasIntegration(route.path, route.method)) {
    throw new InvalidEvent(
      source.eventId,
      `API method "${route.method}" defined multiple times for path "${route.path}".`,
    );
  }
  const orEmpty = (value: Value): Value => (truthy(value) ? value : Dict.hashed());
  const methodAuth = expectMap(orEmpty(properties.get("Auth")), eventSubject(source.eventId), "Auth");
  document.addLambdaIntegration(route.path, route.method, {
    uri: invocationUri(target, context.partition, properties.get("ResponseTransferMode")),
    methodAuth,
    apiAuth: expectMap(orEmpty(api.properties.get("Auth")), resourceSubject(api.logicalId), "Auth"),
    condition: conditionOf(target.resource.attributes),
    responseTransferMode: properties.get("ResponseTransferMode"),
    partition: context.partition,
  });
  if (methodAuth.size > 0) addEventAuth(source, methodAuth, api, route, document, context);
  const timeout = properties.get("TimeoutInMillis");
  if (truthy(timeout)) {
    for (const definition of document.methodDefinitions(route.path, route.method)) {
      integrationOf(definition).put("timeoutInMillis", timeout);
    }
  }
  addRequestModelOf(source, api, route, document);
  addRequestParametersOf(source, route, document);
  const finished = merge ? merged(api, body, document, route) : document.finished();
  api.properties.put("DefinitionBody", finished);
};

/** The address under which API Gateway invokes a function. */
export const invocationUri = (target: EventTarget, partition: string, transferMode: Value = null): Dict => {
  const streamed = textOf(transferMode) === "RESPONSE_STREAM";
  const [version, action] = streamed ? ["2021-11-15", "response-streaming-invocations"] : ["2015-03-31", "invocations"];
  const resource = `lambda:path/${version}/functions/${shorthand(target.arn)}/${action}`;
  const arn = serviceArn(partition, "apigateway", resource);
  // AWS: the text of an ARN made from an alias counts as the transform's own.
  const text: Value = target.arn.has("Fn::GetAtt") ? arn : literal(arn);
  return Dict.hashed({ "Fn::Sub": text });
};

/** MergeDefinitions: what the event says is laid over what the author wrote for the method. */
const merged = (api: LinkedApi, source: Value, document: RestDocument, { path, method }: Route): Value => {
  const body = source instanceof Dict ? source.shallowCopy() : Dict.hashed();
  const given = body.get("paths");
  const paths = truthy(given) ? given : Dict.plain();
  const found = getDeep(paths, [path, method]);
  if ("problem" in found) {
    throw new InvalidResource(api.logicalId, `Property 'DefinitionBody' is invalid: ${found.problem}`);
  }
  const authored = expectMap(
    truthy(found.value) ? found.value : Dict.plain(),
    resourceSubject(api.logicalId),
    `DefinitionBody.paths.${path}.${method}`,
  );
  const generated = getDeep(document.finished(), ["paths", path, methodName(method)]);
  const definition = Dict.plain();
  definition.update(authored);
  if ("value" in generated && generated.value instanceof Dict) definition.update(generated.value);
  const item = paths instanceof Dict ? paths.setDefault(path, Dict.plain()) : null;
  if (item instanceof Dict) item.set(method, definition);
  return body;
};

/** OverrideApiAuth: the event's Auth applies to methods of documents that the author wrote, too. */
const overrideAuth = (source: EventSource, api: LinkedApi, route: Route, context: Context): void => {
  const auth = source.properties.get("Auth");
  const body = api.properties.get("DefinitionBody");
  if (!truthy(body) || !(auth instanceof Dict) || !truthy(auth.get("OverrideApiAuth"))) return;
  if (!["Authorizer", "ApiKeyRequired", "ResourcePolicy"].some((name) => truthy(auth.get(name)))) {
    throw new InvalidEvent(
      source.eventId,
      "Must define one of: Authorizer, ApiKeyRequired or ResourcePolicy when using the OverrideApiAuth property.",
    );
  }
  const document = new RestDocument(body);
  addEventAuth(source, auth, api, route, document, context);
  api.properties.put("DefinitionBody", document.finished());
};
