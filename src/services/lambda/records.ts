import type {
  ApplicationLogLevel,
  Architecture,
  CodeSigningPolicy,
  Cors,
  EventSourceMappingMetric,
  EventSourcePosition,
  FunctionUrlAuthType,
  InvokeMode,
  RecursiveLoop,
  Runtime,
  SnapStartApplyOn,
  SystemLogLevel,
  TracingMode,
  UpdateRuntimeOn,
} from "@aws-sdk/client-lambda";
import type { StreamPlace } from "../../engines/eventSources/source.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Blob } from "../../store/blobs.ts";
import type { Collection, Records } from "../../store/records.ts";
import { cached } from "./cached.ts";

/** What a function has that its versions do not. Times are milliseconds since the epoch. */
export interface FunctionRecord {
  readonly name: string;
  readonly latest: VersionRecord;
  /** The number the next published version gets. */
  readonly nextVersion: number;
  readonly reservedConcurrency?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly recursiveLoop?: RecursiveLoop;
  readonly codeSigningId?: string;
  /** By version. */
  readonly runtimeUpdates?: Readonly<
    Record<string, { readonly on: UpdateRuntimeOn; readonly arn?: string } | undefined>
  >;
}

/** Code and configuration: `$LATEST`, or a published version that never changes. */
export interface VersionRecord {
  readonly version: string;
  readonly code: CodeRecord;
  readonly description: string;
  readonly runtime: Runtime;
  readonly handler: string;
  readonly role: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly ephemeralMb: number;
  /** The variables as JSON under the state's key; they often hold secrets. */
  readonly sealedEnvironment?: string;
  readonly layers: readonly LayerUse[];
  readonly architectures: readonly Architecture[];
  readonly tracingMode: TracingMode;
  readonly deadLetterArn?: string;
  readonly kmsKeyArn?: string;
  readonly logging: LoggingRecord;
  /** Stored and shown as they came: they change nothing on one machine. */
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  readonly snapStart?: SnapStartApplyOn;
  readonly modifiedAt: number;
  readonly revisionId: string;
  /** The revision that its environments were started for, where publishing has given it another since. */
  readonly runningRevisionId?: string | undefined;
  /** The last update, and the revision that `$LATEST` shows until that is done. A version has that it was published with. */
  readonly update?: { readonly until: number; readonly revisionId: string } | undefined;
  /** Of a published version: what `$LATEST` was described as, when the version got a description of its own. */
  readonly latestDescription?: string;
}

export interface CodeRecord {
  readonly blob: Blob;
  /** SHA-256 of the package in base64, as AWS shows it. */
  readonly codeSha256: string;
  /** The key its package is said to be encrypted with, which is only shown: the store has its own. */
  readonly sourceKmsKeyArn?: string;
}

export interface LayerUse {
  readonly arn: string;
  readonly codeSize: number;
}

export interface LoggingRecord {
  readonly format: "Text" | "JSON";
  readonly group: string;
  readonly applicationLevel?: ApplicationLogLevel;
  readonly systemLevel?: SystemLogLevel;
}

export interface AliasRecord {
  readonly functionName: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** The share of invocations that go to another version. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

/** A resource policy: of the function, or of one version or alias. */
export interface PolicyRecord {
  readonly revisionId: string;
  /** What PutResourcePolicy gave may hold any that IAM reads; permissions that are added are `PolicyStatement`s. */
  readonly statements: readonly JsonObject[];
  /** All but the statements, of a policy that was put whole. */
  readonly head?: JsonObject;
}

export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: Readonly<Record<string, string>> | "*";
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export interface EventInvokeRecord {
  readonly functionName: string;
  readonly qualifier: string;
  readonly modifiedAt: number;
  readonly maxRetries?: number;
  readonly maxAgeSeconds?: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

export interface UrlRecord {
  readonly functionName: string;
  /** An alias; empty for the function itself. */
  readonly qualifier: string;
  readonly urlId: string;
  readonly authType: FunctionUrlAuthType;
  readonly invokeMode: InvokeMode;
  readonly cors?: Cors;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface LayerRecord {
  readonly layerName: string;
  readonly version: number;
  readonly description: string;
  readonly license?: string;
  readonly runtimes?: readonly Runtime[];
  readonly architectures?: readonly Architecture[];
  readonly code: CodeRecord;
  readonly createdAt: number;
}

/** An event source mapping: which queue or stream a function is fed from, and how. */
export interface EventSourceRecord {
  readonly uuid: string;
  readonly sourceArn: string;
  readonly kind: "sqs" | "dynamodb";
  readonly functionName: string;
  /** A version or alias; empty for the function itself. */
  readonly qualifier: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Patterns, as they came: an item is passed on when one of them fits. Absent: every item is. */
  readonly filters?: readonly string[];
  readonly reportsItemFailures: boolean;
  readonly maxConcurrency?: number;
  readonly startingPosition?: EventSourcePosition;
  readonly parallelization: number;
  readonly bisects: boolean;
  /** -1: no bound. The same with the age. */
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
  readonly tumblingSeconds: number;
  readonly onFailure?: string;
  readonly kmsKeyArn?: string;
  /** What of it CloudWatch is told. */
  readonly metrics?: readonly EventSourceMappingMetric[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** How its last batch went; only streams tell. */
  readonly lastResult?: string;
}

/** How many environments of a version, or of an alias's, are kept ready. */
export interface ProvisionedRecord {
  readonly functionName: string;
  readonly qualifier: string;
  readonly requested: number;
  readonly modifiedAt: number;
}

export interface CodeSigningRecord {
  readonly id: string;
  readonly description: string;
  readonly publishers: readonly string[] | undefined;
  readonly policy: CodeSigningPolicy;
  readonly modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An event accepted for an asynchronous invocation, until it has been handled for good. */
export interface QueuedEvent {
  readonly requestId: string;
  readonly functionName: string;
  /** As the caller named it; an alias is followed with every attempt. */
  readonly qualifier: string;
  readonly payload: string;
  /** Absent in events that an older aloft noted. */
  readonly traceId?: string;
  /** The trace of what led to it, where it belonged to one. */
  readonly cause?: string;
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly dueAt: number;
  /** There was no room to run it. */
  readonly isThrottled?: boolean;
}

export interface LambdaRecords {
  readonly functions: Collection<FunctionRecord>;
  /** What the account's functions have reserved together. */
  readonly reserved: { total(): number };
  /** By [function, number]. */
  readonly versions: Collection<VersionRecord>;
  /** By [function, alias]. */
  readonly aliases: Collection<AliasRecord>;
  /** By [function, qualifier], the qualifier empty for the function itself. So are the next two. */
  readonly policies: Collection<PolicyRecord>;
  readonly eventInvokes: Collection<EventInvokeRecord>;
  readonly urls: Collection<UrlRecord>;
  /** By [layer, version]. */
  readonly layers: Collection<LayerRecord>;
  /** By ARN: what functions use of layers that are other accounts', or were deleted. */
  readonly keptLayers: Collection<CodeRecord>;
  /** The last version number a layer ever had. */
  readonly layerCounts: Collection<number>;
  /** By [layer, version]. */
  readonly layerPolicies: Collection<PolicyRecord>;
  /** By [function, qualifier]. */
  readonly provisioned: Collection<ProvisionedRecord>;
  /** By id. */
  readonly codeSigning: Collection<CodeSigningRecord>;
  readonly queue: Collection<QueuedEvent>;
  /** By uuid. */
  readonly eventSources: Collection<EventSourceRecord>;
  /** By [uuid, lane]. */
  readonly eventSourcePlaces: Collection<StreamPlace>;
}

export const LATEST = "$LATEST";

export const openLambdaRecords = (records: Records): LambdaRecords => ({
  ...withReserved(cached(records.collection("functions"))),
  versions: cached(records.collection("versions")),
  aliases: cached(records.collection("aliases")),
  policies: cached(records.collection("policies")),
  eventInvokes: records.collection("eventInvokes"),
  urls: records.collection("urls"),
  layers: records.collection("layers"),
  keptLayers: records.collection("keptLayers"),
  layerCounts: records.collection("layerCounts"),
  layerPolicies: records.collection("layerPolicies"),
  provisioned: records.collection("provisioned"),
  codeSigning: records.collection("codeSigning"),
  queue: records.collection("queue"),
  eventSources: records.collection("eventSources"),
  eventSourcePlaces: records.collection("eventSourcePlaces"),
});

/** Every invocation asks for the total, and few writes change it: it is counted again only after one. */
const withReserved = (functions: Collection<FunctionRecord>): Pick<LambdaRecords, "functions" | "reserved"> => {
  let total: number | undefined;
  const changing =
    <A extends unknown[], R>(write: (...args: A) => R) =>
    (...args: A): R => {
      total = undefined;
      return write(...args);
    };
  const count = () => [...functions.range()].reduce((sum, { value }) => sum + (value.reservedConcurrency ?? 0), 0);
  return {
    functions: {
      ...functions,
      put: changing(functions.put),
      delete: changing(functions.delete),
      clear: changing(functions.clear),
    },
    reserved: {
      total: () => {
        total ??= count();
        return total;
      },
    },
  };
};
