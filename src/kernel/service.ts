import type { Blobs } from "../store/blobs.ts";
import type { Records } from "../store/records.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { SignedCaller } from "./authorizer.ts";
import type { AwsModels, InputOf, OperationName, ServiceName } from "./aws.ts";
import type { Clock } from "./clock.ts";
import type { Context } from "./context.ts";
import type { Events } from "./events.ts";
import type { ServiceCall } from "./http.ts";
import type { Ids } from "./ids.ts";
import type { Metrics } from "./metrics.ts";
import type { Operations } from "./operation.ts";
import type { Principal } from "./principal.ts";
import type { ResourceType } from "./resource.ts";
import type { SecondFactor } from "./secondFactor.ts";
import type { Begun, Served } from "./served.ts";
import type { Tasks } from "./tasks.ts";
import type { TrustFiles } from "./trust.ts";

/** What a room is given when it opens: its own part of the store, and the cloud's shared means. */
export interface RoomDeps {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** The records of this service in this room's scope; two rooms never see each other's. */
  readonly records: Records;
  /** Those of this service in this account and another region, for what AWS keeps alike in several. */
  readonly recordsIn: (region: string) => Records;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly events: Events;
  /** Where rooms record what CloudWatch shows of them. */
  readonly metrics: Metrics;
  /** Tells the log of calls of what was served without one. */
  readonly served: (what: Served) => void;
  /** Tells it of what will take a while, until `served` is told of the same segment. */
  readonly begun: (what: Begun) => void;
  /** Encrypts what must not lie readable on the disk. */
  readonly cipher: Cipher;
  /** Where the cloud answers: `http://127.0.0.1:4566`. Known only once it listens, so ask when you need it. */
  readonly endpoint: () => string;
  /** Where the files are, once somebody wanted them, by which the cloud's TLS connections are trusted. */
  readonly trust: () => TrustFiles;
  /** Turns AWS's address of something that is here into the local one; other texts stay as they are. */
  readonly localAddress: (text: string) => string;
  /** A folder of this cloud's state for what cannot be a record or a blob, such as Git repositories; made on first use. */
  readonly directory: (name: string) => string;
  /**
   * A folder for what can be made anew, such as a build's workspace, outside of the state directory: that may lie in
   * somebody's repository, whose ignore rules and modules would then reach into what runs here.
   */
  readonly workspace: (name: string) => string;
  /** A context in this room's account and region, or in another one, for work that no caller waits for, or for a caller at a front door. */
  readonly contextAs: (principal: Principal, calledVia?: string, region?: string, sourceIp?: string) => Context;
  /** Calls another service in the text of its wire protocol. */
  readonly serviceCall: ServiceCall;
  /** Who signed a request that comes by a front door, if they may do what it asks. */
  readonly signedCaller: SignedCaller;
  /** Checks the codes of users' devices. */
  readonly secondFactor: SecondFactor;
  /** Temporary credentials for a principal: what child processes get. */
  readonly credentialsFor: (principal: Principal, durationSeconds?: number) => TemporaryCredentials;
}

/** Authenticated encryption under the state directory's key. */
export interface Cipher {
  seal(plain: Uint8Array | string): string;
  open(sealed: string): Buffer;
}

/** Credentials that expire, as STS gives them. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/** What one operation must be allowed, computed from its input. */
export type OperationIam<Room, S extends ServiceName, O extends OperationName<AwsModels[S]>> = (
  room: Room,
  ctx: Context,
  input: InputOf<AwsModels[S], O>,
) => AuthorizationRequest | readonly AuthorizationRequest[];

/** What each operation of a service must be allowed; every built operation has an entry. */
export type IamTable<Room, S extends ServiceName> = {
  readonly [O in OperationName<AwsModels[S]>]?: OperationIam<Room, S, O>;
};

/** How widely the state of one room reaches. */
export type RoomScope = "region" | "account" | "partition";

/** A service's door: everything the rest of the cloud knows of it. */
export interface Service<Room = unknown, S extends ServiceName = ServiceName> {
  readonly name: S;
  /** The SDK's client: schemas, exceptions, protocol. */
  readonly model: AwsModels[S];
  readonly scope: RoomScope;
  /** The service whose records this one is another door to, as DynamoDB Streams is to DynamoDB's; its own when absent. */
  readonly stateOf?: ServiceName;
  /** Opens the room of one scope. Called once per scope, on its first use. */
  open(deps: RoomDeps): Room;
  readonly operations: Operations<Room, S>;
  readonly iam: IamTable<Room, S>;
  /** CloudFormation resource types. */
  readonly resources?: readonly ResourceType[];
  /** Takes up work that was under way when the process ended. Called for every scope with records, once the cloud listens. */
  resume?(room: Room, deps: RoomDeps): void;
  /** Ends what the room holds open, such as child processes. */
  close?(room: Room): Promise<void>;
  /** The account whose room answers, where an input names what is another's; the caller's when undefined. Its input is not checked yet. */
  readonly ownerOf?: (operation: string, input: unknown) => string | undefined;
  /** The operations that take requests without a signature, as nobody's. */
  readonly unsigned?: "all" | readonly OperationName<AwsModels[S]>[];
  /** Generated from the service's published model; what the SDK's schemas do not carry. */
  readonly constraints?: ServiceConstraints;
  /** Whether violations of a body's members are told first, below the name of the whole input: `putMethodInput.type`. */
  readonly namesInputInViolations?: boolean;
  /** The largest request this service reads, where AWS names one. */
  readonly maxBodyBytes?: number;
  /** For operations that are called so often that walking their model counts. Only awsJson asks for them. */
  readonly quickReaders?: QuickReaders;
  /** The code under which this service reports constraint violations; ValidationException when absent. */
  readonly validationErrorCode?: string;
  /** How this service refuses an input that breaks its model, where it does not tell which rule. */
  readonly invalidInput?: (operation: string) => Error;
  /** How this service refuses an input that lacks such a member of a structure, where it does so in words of its own. */
  readonly missingMember?: (name: string, structure: string) => Error | undefined;
  /** The same of a member, or a list with an item, that breaks a rule of the model. */
  readonly brokenMember?: (name: string, rule: BrokenRule) => Error | undefined;
}

/** Which of a constraint's rules a value breaks. */
export type BrokenRule = "max" | "min" | "enum" | "pattern";

/**
 * Reads inputs straight from their JSON, by operation. A reader answers undefined for whatever is not plainly right, so
 * that the model's walk refuses it in AWS's words: the walk is the truth, a reader only a shorter way to the same input.
 */
export type QuickReaders = Readonly<Record<string, (json: unknown) => unknown>>;

/** Lengths, ranges, patterns and enums by structure and member, from the published service models. */
export type ServiceConstraints = Readonly<Record<string, Readonly<Record<string, Constraint>>>>;

/** What the value of one member must satisfy. Path suffixes `[]`, `{}` and `{key}` in the table name list items, map values and map keys. */
export interface Constraint {
  readonly min?: number;
  readonly max?: number;
  /** The bounds are those of a number that may have a fraction. */
  readonly isFractional?: boolean;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** The service does without this member, whatever its model says. */
  readonly isOptional?: boolean;
}
