import { type Context, conditionOf } from "../context.ts";
import { InvalidEvent } from "../errors.ts";
import { getAtt, sub } from "../intrinsics.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { FLAG, MAP, optional, required, strict, TEXT } from "../properties.ts";
import { Dict, isDict, literal, truthy } from "../values/value.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { addEventAuth, type LinkedApi, linkedApi } from "./linkedApi.ts";
import { type Route, routeOf } from "./route.ts";
import { startRole } from "./startRole.ts";

/** `Api`: a method of a REST API starts the state machine. */
export const stateMachineApi: EventType = {
  properties: {
    Path: required(TEXT),
    Method: required(TEXT),
    RestApiId: required(TEXT),
    Stage: optional(TEXT),
    Auth: optional(MAP),
    UnescapeMappingTemplate: strict(FLAG),
  },
  link: (source, context) => {
    linkedApi(source, context);
  },
  generate: (source, target, context) => {
    const role = startRole(source, target, "apigateway.amazonaws.com");
    const api = linkedApi(source, context);
    if (truthy(api.properties.get("__MANAGE_SWAGGER"))) {
      integrate(source, target, api, routeOf(source), role.logicalId, context);
    }
    return [role];
  },
};

const integrate = (
  source: EventSource,
  target: EventTarget,
  api: LinkedApi,
  route: Route,
  roleId: string,
  context: Context,
): void => {
  const body = api.properties.get("DefinitionBody");
  if (body === null) return;
  const document = new RestDocument(body);
  if (document.hasIntegration(route.path, route.method)) {
    throw new InvalidEvent(
      source.eventId,
      `API method "${route.method}" defined multiple times for path "${route.path}".`,
    );
  }
  document.addStateMachineIntegration(route.path, route.method, {
    uri: sub(literal("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution")),
    credentials: getAtt(literal(roleId), "Arn"),
    requestTemplates: requestTemplates(source, target),
    condition: conditionOf(target.resource.attributes),
  });
  const auth = source.properties.get("Auth");
  // AWS: an event of a state machine has no stage of its own for resource policies to name.
  const stage = source.properties.get("Stage");
  if (isDict(auth) && auth.size > 0) addEventAuth(source, auth, { ...api, stage }, route, document, context);
  api.properties.put("DefinitionBody", document.finished());
};

/** Hands the request's body to the state machine as its input. */
const requestTemplates = (source: EventSource, target: EventTarget): Dict => {
  const machine = `\${${target.resource.logicalId}}`;
  const input = "$util.escapeJavaScript($input.json('$'))";
  const text = truthy(source.properties.get("UnescapeMappingTemplate"))
    ? `{"input": "${input}.replaceAll("\\\\'","'")", "stateMachineArn": "${machine}"}`
    : `{"input": "${input}", "stateMachineArn": "${machine}"}`;
  return Dict.plain({ "application/json": sub(literal(text)) });
};
