import type { JsonObject } from "../../../kernel/json.ts";
import type {
  AuthorizerRecord,
  IntegrationRecord,
  MethodRecord,
  ResourceRecord,
  RestApiRecord,
  Snapshot,
  StageRecord,
  ValidatorRecord,
} from "../records.ts";

/** How one stage of an API answers requests, worked out once for each change. */
export interface StageTable {
  readonly api: RestApiRecord;
  readonly stage: StageRecord;
  readonly snapshot: Snapshot;
  readonly canary?: { readonly percentTraffic: number; readonly table: StageTable } | undefined;
  /** Whether this is how a stage's canary answers. */
  readonly isCanary?: boolean;
  /** The method for an HTTP method and a path within the stage. */
  match(method: string, path: string): MethodMatch | undefined;
}

export interface MethodMatch {
  readonly target: MethodTarget;
  /** By the names in the resource's path, still escaped as the request had them. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

export interface MethodTarget {
  readonly resource: ResourceRecord;
  readonly method: MethodRecord;
  readonly integration: IntegrationRecord;
  readonly authorizer: AuthorizerRecord | undefined;
  readonly validator: ValidatorRecord | undefined;
}

/** An authorizer's answer kept for a while. AWS: its policy may speak of many methods, so each request reads it anew. */
export interface RememberedDecision {
  readonly answer: JsonObject;
  readonly until: number;
}
