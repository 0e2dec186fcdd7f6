import type { JsonObject } from "../../../kernel/json.ts";

/** What is known of who makes a request, more of it with every check that it passes. */
export interface Known {
  readonly headers: readonly (readonly [string, string])[];
  /** What a Lambda authorizer said. */
  readonly authorizer?: JsonObject;
  /** Who signed for a method that asks for IAM. */
  readonly caller?: SignedCaller;
  /** The key under which the request counts. */
  readonly apiKey?: { readonly id: string; readonly value: string };
}

/** A signed caller, as events and templates name one. */
interface SignedCaller {
  readonly accessKey: string | null;
  readonly accountId: string;
  readonly callerId: string | null;
  readonly userArn: string | null;
}
