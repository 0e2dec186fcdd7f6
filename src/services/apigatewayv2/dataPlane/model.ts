import type { HttpResponse } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { ApiRecord, AuthorizerRecord, IntegrationRecord, RouteRecord, StageRecord } from "../records.ts";

/** How one stage of an API answers requests, worked out once for each change. */
export interface RouteTable {
  readonly api: ApiRecord;
  readonly stage: StageRecord;
  /** The route for a method and a path within the stage; undefined answers 404. */
  match(method: string, path: string): RouteMatch | undefined;
}

export interface RouteMatch {
  readonly target: RouteTarget;
  /** By the names in the route's path, still escaped as the request had them. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

export interface RouteTarget {
  readonly route: RouteRecord;
  /** The path of the route's key: `/items/{id}`, or `$default`. */
  readonly resourcePath: string;
  readonly integration: IntegrationRecord | undefined;
  readonly authorizer: AuthorizerRecord | undefined;
}

/** What an authorizer decided: a context for the integration's event, or an answer instead of one. */
export type Authorized = { readonly context: JsonObject } | { readonly refusal: HttpResponse };

/** A decision kept for a while. */
export interface RememberedDecision {
  readonly decision: Authorized;
  readonly until: number;
}
