import type { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { InvalidEvent, InvalidResource } from "../errors.ts";
import { checkProperties, type Properties } from "../properties.ts";
import { shown } from "../values/text.ts";
import { Decimal, Dict, isDict, isText, textOf, type Value } from "../values/value.ts";

/** One entry of a resource's `Events`. */
export interface EventSource {
  /** The logical id of what it generates: the resource's and the event's. */
  readonly logicalId: string;
  /** The event's own name, by which messages call it. */
  readonly eventId: string;
  readonly type: string;
  readonly properties: Dict;
}

/** What an event triggers: a function, its alias, or a state machine. */
export interface EventTarget {
  readonly resource: CfnResource;
  readonly arn: Dict;
  /** The name where the target has one, else the ARN. */
  readonly nameOrArn: Dict;
  readonly attributes: Dict;
  /** The role the target runs under, if the transform made one. */
  readonly role: CfnResource | undefined;
  /** For roles made for events of state machines. */
  readonly permissionsBoundary: Value;
}

/** How one type of event is transformed. */
export interface EventType {
  readonly properties: Properties;
  /** Checks what the event refers to, before anything is generated. */
  readonly link?: (source: EventSource, context: Context) => void;
  readonly generate: (source: EventSource, target: EventTarget, context: Context) => CfnResource[];
}

export type EventTypes = Readonly<Record<string, EventType>>;

/** Reads and checks one entry of `Events`. */
export const readEvent = (ownerId: string, eventId: string, events: Dict, types: EventTypes): EventSource => {
  const source = events.get(eventId);
  if (!isDict(source)) {
    throw new InvalidEvent(eventId, `'${typeName(source, events.isHashed)}' object has no attribute 'get'`);
  }
  const type = source.get("Type");
  const name = textOf(type);
  const known = name === undefined || !Object.hasOwn(types, name) ? undefined : types[name];
  if (name === undefined || !known) {
    throw new InvalidEvent(
      eventId,
      `Resource dict has missing or invalid value for key Type. Event Type is: ${shown(type)}.`,
    );
  }
  const logicalId = ownerId + eventId;
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) throw new InvalidResource(logicalId, "Logical ids must be alphanumeric.");
  const properties = source.has("Properties") ? source.get("Properties") : Dict.plain();
  if (!isDict(properties)) throw new InvalidResource(logicalId, "Properties of a resource must be an object.");
  checkProperties(logicalId, name, properties, known.properties);
  return { logicalId, eventId, type: name, properties };
};

/** AWS: the names of the types that the service itself is written with. */
const typeName = (value: Value, marked: boolean): string => {
  if (value === null) return "NoneType";
  if (isText(value)) return marked ? "Py27UniStr" : "str";
  if (Array.isArray(value)) return "list";
  if (value instanceof Decimal) return "float";
  return typeof value === "boolean" ? "bool" : "int";
};
