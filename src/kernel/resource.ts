import type { Call } from "./context.ts";
import { AwsError } from "./errors.ts";
import type { JsonObject, JsonValue } from "./json.ts";

/**
 * A CloudFormation resource type, mapped onto its service's API.
 *
 * A type does nothing but call operations: `ctx.call` runs them as the stack's role, so a stack can do exactly what that
 * role can do with the SDK. Properties arrive resolved and checked against the type's schema.
 * Which properties force replacement comes from the schema, not from here.
 */
export interface ResourceType<Properties = JsonObject> {
  /** `AWS::SecretsManager::Secret` */
  readonly name: string;
  create(ctx: ResourceContext, desired: Properties): Promise<ResourceState>;
  /** Changes the resource in place. Only called when no changed property forces replacement. Absent: any change replaces. */
  update?(ctx: ResourceContext, current: ExistingResource<Properties>, desired: Properties): Promise<ResourceState>;
  /** Whether what its properties only point at, such as a template, has changed behind them. Absent: nothing is behind them. */
  isStale?(ctx: ResourceContext, current: ExistingResource<Properties>): Promise<boolean>;
  /** Removes it. One that is already gone is a success. */
  delete(ctx: ResourceContext, current: ExistingResource<Properties>): Promise<void>;
  /**
   * Properties that its schema has and its room has not built: a template that sets one is refused, by its name.
   * `Code.ImageUri` names one within another.
   */
  readonly unbuilt?: readonly string[];
  /** Properties that are taken and change nothing here, named as above, with why. */
  readonly withoutEffect?: Readonly<Record<string, string>>;
  /**
   * The live properties and attributes, for drift detection and import; undefined when it is gone.
   *
   * `given` are the template's properties and, of an import, the identifier's parts: they tell what an id alone does not,
   * such as whose route it is, and which of a thing's names the template uses.
   */
  read?(ctx: ResourceContext, physicalId: string, given: JsonObject): Promise<ResourceReading | undefined>;
  /** Notes on the resource that a stack has taken it over. Absent: it does not know whose it is. */
  adopted?(ctx: ResourceContext, physicalId: string): void;
  /** Notes that the stack which took it over has given it back. */
  released?(ctx: ResourceContext, physicalId: string): void;
}

/** What a created or updated resource is known by. */
export interface ResourceState {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by attribute name; nested names are dotted, such as `Endpoint.Address`. */
  readonly attributes: Readonly<Record<string, JsonValue>>;
}

/** A resource as the stack last left it. */
export interface ExistingResource<Properties = JsonObject> extends ResourceState {
  readonly properties: Properties;
}

/** A resource as its service has it now. */
export interface ResourceReading extends ResourceState {
  readonly properties: JsonObject;
  /**
   * Properties that the service never tells, such as a function's code; all others that are not among `properties` are
   * not set. Absent: `properties` are but a part, and nothing is known of the others.
   */
  readonly unread?: readonly string[];
}

/** What a type asks of its generated names. */
export interface NameOptions {
  readonly maxLength?: number;
  readonly lowerCase?: boolean;
  /** What stands in the stack's place; nothing where it is empty. */
  readonly prefix?: string;
}

/** What a resource type may know and do. */
export interface ResourceContext {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** The stack's tags with the `aws:cloudformation:*` ones, for types that take tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** True while a failed operation is being undone. */
  readonly isGoingBack?: boolean;
  /** Aborts when the operation is cancelled. */
  readonly signal: AbortSignal;
  /** Calls an operation as the stack's role, or as its creator where it has none. */
  readonly call: Call;
  /** The same in another region, for the few types whose resource need not be in their stack's. */
  callIn(region: string): Call;
  /** A name AWS would generate: `STACK-LOGICALID-RANDOM`, cut to fit; the same on every retry of one creation. */
  physicalName(options?: NameOptions): string;
  /** The same random token on every retry of one creation, for `ClientToken` members. */
  readonly clientToken: string;
  /** A token that no other call had, as SDKs give one where the caller gives none. */
  newToken(): string;
  /** Says under which id the thing exists, before `create` is done with it: should the rest fail, it is deleted by that id. */
  made(physicalId: string): void;
  /** Waits in the cloud's time between looks at a resource that takes its time. */
  sleep(ms: number): Promise<void>;
}

/** Refuses a change that AWS makes neither in place nor by a replacement. What goes back was never made. */
export const refuseChange = (
  { isGoingBack }: ResourceContext,
  type: string,
  id: string,
  [before, after]: readonly [unknown, unknown],
): void => {
  if (isGoingBack || JSON.stringify(before) === JSON.stringify(after)) return;
  throw new AwsError(
    "NotUpdatable",
    `Resource of type '${type}' with identifier '${id}' is not updatable with parameters provided.`,
  );
};

/** Wraps a typed resource type so that the registry can hold it; its properties were checked against their schema. */
export const defineResourceType = <Properties>(type: ResourceType<Properties>): ResourceType =>
  type as unknown as ResourceType;
