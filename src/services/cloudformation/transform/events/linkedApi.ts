import { type Context, section } from "../context.ts";
import { InvalidEvent, InvalidResource } from "../errors.ts";
import { attributeOf, event as eventSubject, expectList, expectMap, resource as resourceSubject } from "../expect.ts";
import { addCustomStatements, addResourcePolicy } from "../openapi/resourcePolicy.ts";
import type { RestDocument } from "../openapi/restDocument.ts";
import { addMethodAuth } from "../openapi/security.ts";
import { resolveParameters } from "../resolve.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, isText, literal, textOf, truthy, type Value } from "../values/value.ts";
import type { EventSource } from "./eventSource.ts";
import type { Route } from "./route.ts";

/** The REST API that an event's `RestApiId` names. */
export interface LinkedApi {
  readonly logicalId: string;
  readonly properties: Dict;
  /** The stage that permissions and policies name. */
  readonly stage: Value;
}

/** The logical id in a `Ref`, or the value itself. */
export const apiIdOf = (value: Value): Value => (isDict(value) && value.has("Ref") ? value.get("Ref") : value);

export const linkedApi = (source: EventSource, context: Context): LinkedApi => {
  const id = apiIdOf(source.properties.get("RestApiId"));
  const logicalId = textOf(id);
  if (logicalId === undefined) return { logicalId: "", properties: Dict.hashed(), stage: literal("AllStages") };
  const resource = expectMap(
    section(context.source, "Resources").get(logicalId),
    eventSubject(source.eventId),
    "RestApiId",
    "RestApiId property of Api event must reference a valid resource in the same template.",
  );
  const properties = expectMap(
    resource.has("Properties") ? resource.get("Properties") : Dict.plain(),
    attributeOf(logicalId),
    "Properties",
  );
  const stage = properties.get("StageName");
  if (textOf(stage) === "") throw new InvalidResource(logicalId, "StageName cannot be empty.");
  return { logicalId, properties, stage: isText(stage) ? stage : literal("Stage") };
};

/** Writes an event's `Auth` into the API's document, checked against what the API offers. */
export const addEventAuth = (
  source: EventSource,
  auth: Dict,
  api: LinkedApi,
  route: Route,
  document: RestDocument,
  context: Context,
): void => {
  const apiAuth = resolveParameters(api.properties.get("Auth"), context.parameters);
  const offered = isDict(apiAuth) ? apiAuth : Dict.hashed();
  checkAuthorizer(source, auth, api, offered, route);
  const keyRequired = auth.get("ApiKeyRequired");
  if (keyRequired !== null && !truthy(keyRequired) && !truthy(offered.get("ApiKeyRequired"))) {
    throw new InvalidEvent(
      source.eventId,
      `Unable to set ApiKeyRequired [False] on API method [${route.method}] for path [${route.path}] because the related API does not specify any ApiKeyRequired.`,
    );
  }
  if (truthy(auth.get("Authorizer")) || keyRequired !== null) {
    addMethodAuth(document, route.path, route.method, auth, offered.get("Authorizers"));
  }
  const policy = auth.get("ResourcePolicy");
  if (!truthy(policy)) return;
  const statements = expectMap(policy, resourceSubject(source.eventId), "Auth.ResourcePolicy");
  addResourcePolicy(document, statements, route.path, api.stage);
  if (truthy(statements.get("CustomStatements"))) addCustomStatements(document, statements.get("CustomStatements"));
};

const checkAuthorizer = (source: EventSource, auth: Dict, api: LinkedApi, offered: Dict, route: Route): void => {
  const authorizer = auth.get("Authorizer");
  const where = `on API method [${route.method}] for path [${route.path}]`;
  const invalid = (problem: string) => new InvalidEvent(source.eventId, problem);
  if (truthy(authorizer)) {
    const authorizers = offered.get("Authorizers");
    if (truthy(authorizers)) expectMap(authorizers, resourceSubject(api.logicalId), "Auth.Authorizers");
    const name = textOf(authorizer);
    if (name === "NONE") {
      if (!truthy(offered.get("DefaultAuthorizer"))) {
        throw invalid(
          `Unable to set Authorizer ${where} because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`,
        );
      }
    } else if (name !== "AWS_IAM") {
      const unable = `Unable to set Authorizer [${shown(authorizer)}] ${where}`;
      if (!truthy(authorizers)) throw invalid(`${unable} because the related API does not define any Authorizers.`);
      if (name === undefined || !isDict(authorizers)) throw invalid(unable + NEEDS_STRING);
      if (!truthy(authorizers.get(name))) {
        throw invalid(`${unable} because it wasn't defined in the API's Authorizers.`);
      }
    }
  }
  const scopes = auth.get("AuthorizationScopes");
  if (!truthy(scopes)) return;
  expectList(scopes, eventSubject(source.eventId), "Auth.AuthorizationScopes");
  if (!truthy(authorizer)) throw invalid("AuthorizationScopes works only when Authorizer is set");
};

/** How a message about an authorizer of the wrong type ends. */
export const NEEDS_STRING =
  ". The method authorizer must be a string with a corresponding dict entry in the api authorizer.";
