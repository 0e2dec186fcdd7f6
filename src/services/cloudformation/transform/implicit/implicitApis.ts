import { section } from "../context.ts";
import { InvalidDocument, InvalidEvent, InvalidResource, type SamError } from "../errors.ts";
import { apiIdOf } from "../events/linkedApi.ts";
import { event as eventSubject, expectPresent, expectString } from "../expect.ts";
import { combinedConditions } from "../intrinsics.ts";
import type { ApiDocument } from "../openapi/document.ts";
import { byCodePoint } from "../values/text.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

/** What REST and HTTP APIs differ in where events make them. */
export interface ImplicitApi {
  readonly logicalId: string;
  readonly type: string;
  readonly eventType: string;
  /** The event's property that names its API. */
  readonly idProperty: string;
  readonly condition: string;
  readonly resource: () => Dict;
  readonly isDocument: (body: Value) => boolean;
  readonly open: (body: Value) => ApiDocument & { finished: () => Dict };
  /** Completes and checks an event's properties; undefined for events to leave alone. */
  readonly eventProperties: (eventId: string, event: Dict) => Dict | undefined;
  readonly afterEvent?: (eventId: string, properties: Dict, api: Dict, apiId: string, condition: Value) => void;
}

interface Seen {
  /** API, then path, then method, to the condition of the function. */
  readonly conditions: Map<string, Map<string, Map<string, Value>>>;
  readonly deletionPolicies: Value[];
  readonly updateReplacePolicies: Value[];
}

/**
 * Adds the paths of all events of a kind to the APIs they name, and makes the API of those that name none.
 * Runs before Globals are merged, so that global settings apply to that API, too.
 */
export const addImplicitApi = (template: Dict, api: ImplicitApi): void => {
  const resources = section(template, "Resources");
  const authored = resources.has(api.logicalId) ? resources.get(api.logicalId) : undefined;
  resources.put(api.logicalId, api.resource());
  const seen: Seen = { conditions: new Map(), deletionPolicies: [], updateReplacePolicies: [] };
  const problems: SamError[] = [];
  for (const [logicalId, resource] of resources.entries()) {
    if (!isDict(resource) || !OWNERS.includes(textOf(resource.get("Type")) ?? "")) continue;
    try {
      addEvents(resource, template, api, seen);
    } catch (error) {
      if (!(error instanceof InvalidEvent)) throw error;
      problems.push(new InvalidResource(logicalId, error.message));
    }
  }
  setAttributes(template, api, seen);
  addPathConditions(template, api, seen);
  keepOrRemove(resources, api, authored);
  if (problems.length > 0) throw new InvalidDocument(problems);
};

const OWNERS = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"];

const addEvents = (owner: Dict, template: Dict, api: ImplicitApi, seen: Seen): void => {
  const properties = owner.get("Properties");
  const events = isDict(properties) ? properties.get("Events") : null;
  if (!isDict(events) || !isDict(properties)) return;
  const ofKind = Dict.hashed();
  for (const [eventId, event] of events.entries()) {
    if (isDict(event) && textOf(event.get("Type")) === api.eventType) ofKind.set(eventId, event);
  }
  if (ofKind.size === 0) return;
  for (const [eventId, event] of ofKind.entries()) {
    if (isDict(event)) addEvent(eventId, event, owner, template, api, seen);
  }
  events.update(ofKind);
};

const addEvent = (eventId: string, event: Dict, owner: Dict, template: Dict, api: ImplicitApi, seen: Seen): void => {
  const properties = api.eventProperties(eventId, event);
  if (!properties) return;
  const resources = section(template, "Resources");
  if (!properties.has(api.idProperty)) {
    passTags(owner, template, resources.get(api.logicalId));
    properties.put(api.idProperty, Dict.plain({ Ref: literal(api.logicalId) }));
  }
  const subject = eventSubject(eventId);
  expectPresent(properties.get("Path"), subject, "Path");
  expectPresent(properties.get("Method"), subject, "Method");
  const apiId = expectString(apiIdOf(properties.get(api.idProperty)), subject, api.idProperty);
  const path = expectString(properties.get("Path"), subject, "Path");
  const method = expectString(properties.get("Method"), subject, "Method");
  const condition = owner.get("Condition");
  remember(seen, apiId, path, method, owner);
  const resource = resources.get(apiId);
  const otherKind = isDict(resource) && textOf(resource.get("Type")) === "AWS::Serverless::HttpApi";
  if (!isDict(resource) || (otherKind && api.type !== "AWS::Serverless::HttpApi")) {
    throw new InvalidEvent(
      eventId,
      `${api.idProperty} must be a valid reference to an '${api.type}' resource in same template.`,
    );
  }
  const target = resource.get("Properties");
  if (!isDict(target)) return;
  addPath(target, path, method, api);
  api.afterEvent?.(eventId, properties, target, apiId, condition);
};

/** An owner that propagates its tags passes them to the API its events make. */
const passTags = (owner: Dict, template: Dict, implicit: Value): void => {
  const target = isDict(implicit) ? implicit.get("Properties") : null;
  if (!isDict(target)) return;
  const kind = (textOf(owner.get("Type")) ?? "").replace("AWS::Serverless::", "");
  const globals = section(section(template, "Globals"), kind);
  const own = section(owner, "Properties");
  const tags = truthy(own.get("Tags")) ? own.get("Tags") : globals.get("Tags");
  const propagate = truthy(own.get("PropagateTags")) || truthy(globals.get("PropagateTags"));
  if (!isDict(tags) || tags.size === 0 || !propagate) return;
  const known = target.setDefault("Tags", Dict.plain(), true);
  if (isDict(known)) known.update(tags);
  target.put("PropagateTags", true);
};

const remember = (seen: Seen, apiId: string, path: string, method: string, owner: Dict): void => {
  const paths = seen.conditions.get(apiId) ?? new Map<string, Map<string, Value>>();
  const methods = paths.get(path) ?? new Map<string, Value>();
  seen.conditions.set(apiId, paths.set(path, methods.set(method, owner.get("Condition"))));
  seen.deletionPolicies.push(apiPolicy(apiId, owner.get("DeletionPolicy")));
  seen.updateReplacePolicies.push(apiPolicy(apiId, owner.get("UpdateReplacePolicy")));
};

/** Policies count for the implicit API only; they are kept with the API's id. */
const apiPolicy = (apiId: string, policy: Value): Value => Dict.plain({ [apiId]: policy });

const addPath = (target: Dict, path: string, method: string, api: ImplicitApi): void => {
  const body = target.get("DefinitionBody");
  if (!api.isDocument(body) || !truthy(target.get("__MANAGE_SWAGGER"))) return;
  const document = api.open(body);
  document.addPath(path, method);
  target.put("DefinitionBody", document.finished());
};

const setAttributes = (template: Dict, api: ImplicitApi, seen: Seen): void => {
  const resource = section(template, "Resources").get(api.logicalId);
  if (!isDict(resource)) return;
  const methods = [...(seen.conditions.get(api.logicalId)?.values() ?? [])].flatMap((path) => [...path.values()]);
  const condition = commonCondition(template, methods, api.condition);
  if (condition !== undefined) resource.put("Condition", condition);
  const strictest = (policies: Value[], order: readonly string[]): string | undefined => {
    const given = policies.map((policy) => (isDict(policy) ? textOf(policy.get(api.logicalId)) : undefined));
    return order.find((one) => given.includes(one));
  };
  const deletion = strictest(seen.deletionPolicies, ["Retain", "Delete"]);
  if (deletion) resource.put("DeletionPolicy", deletion);
  const replace = strictest(seen.updateReplacePolicies, ["Retain", "Snapshot", "Delete"]);
  if (replace) resource.put("UpdateReplacePolicy", replace);
};

/** The condition under which any of the methods exists; none if one of them always does. */
const commonCondition = (template: Dict, conditions: readonly Value[], combinedName: string): Value | undefined => {
  if (conditions.length === 0) return undefined;
  const names = new Set(conditions.map(textOf));
  if (names.has(undefined)) return undefined;
  const sorted = [...names].filter((name) => name !== undefined).sort(byCodePoint);
  if (sorted.length === 1) return sorted[0];
  const definitions = combinedConditions(sorted, combinedName);
  const known = template.setDefault("Conditions", Dict.plain());
  if (definitions && isDict(known)) known.update(definitions);
  return literal(combinedName);
};

const addPathConditions = (template: Dict, api: ImplicitApi, seen: Seen): void => {
  for (const [apiId, resource] of section(template, "Resources").entries()) {
    if (!isDict(resource) || textOf(resource.get("Type")) !== api.type) continue;
    const target = resource.get("Properties");
    if (!isDict(target) || !truthy(target.get("__MANAGE_SWAGGER"))) continue;
    const document = api.open(target.get("DefinitionBody"));
    for (const path of document.paths.keys()) {
      const methods = [...(seen.conditions.get(apiId)?.get(path)?.values() ?? [])];
      const condition = commonCondition(template, methods, pathConditionName(apiId, path));
      if (condition !== undefined) document.makePathConditional(path, condition);
    }
    target.put("DefinitionBody", document.finished());
  }
};

const pathConditionName = (apiId: string, path: string): string =>
  `${apiId}${path.replaceAll("/", "SLASH").replaceAll("{", "OB").replaceAll("}", "CB")}PathCondition`;

/** An API without paths was not needed; what the author called by its name comes back. */
const keepOrRemove = (resources: Dict, api: ImplicitApi, authored: Value | undefined): void => {
  const resource = resources.get(api.logicalId);
  const body = isDict(resource) ? section(resource, "Properties").get("DefinitionBody") : null;
  if (isDict(body) && section(body, "paths").size > 0) return;
  if (authored !== undefined) resources.set(api.logicalId, authored);
  else resources.delete(api.logicalId);
};
