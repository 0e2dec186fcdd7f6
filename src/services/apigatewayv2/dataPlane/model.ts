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

/** What an authorizer decided: who calls, for the integration's event, or an answer instead of one. */
export type Authorized = { readonly caller: RouteCaller | undefined } | { readonly refusal: HttpResponse };

/** Who calls a route, as its authorizer found. */
export type RouteCaller =
  | { readonly kind: "lambda"; readonly context: JsonObject }
  | {
      readonly kind: "jwt";
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | { readonly kind: "iam"; readonly iam: IamCaller };

/** A signed caller, as events name one. */
export interface IamCaller {
  readonly accessKey: string | null;
  readonly accountId: string;
  readonly callerId: string | null;
  readonly cognitoIdentity: null;
  readonly principalOrgId: null;
  readonly userArn: string | null;
  readonly userId: string | null;
}

/** An authorizer's answer kept for a while. AWS: its policy may speak of many routes, so each request reads it anew. */
export interface RememberedDecision {
  readonly answer: JsonObject;
  readonly until: number;
}
