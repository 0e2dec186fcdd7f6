import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../kernel/json.ts";
import type { Known } from "./known.ts";

/** What a line is for: the course of things, the data in it, or what went wrong. */
export type LineKind = "info" | "data" | "error";

export interface Line {
  readonly kind: LineKind;
  readonly time: number;
  readonly text: string;
}

/** How one of the checks before an integration went. */
export interface Phase {
  readonly status: number;
  readonly latencyMs: number;
  readonly error?: string | undefined;
}

/** What access logs tell of a request beside its answer. */
export interface Learned {
  readonly known?: Known;
  readonly failure?: {
    readonly type: GatewayResponseType;
    readonly message: string | null;
    /** What the execution log tells of it. */
    readonly why: string;
  };
  /** Whether the signature was right; what the authorizer said; whether the caller may. */
  readonly authenticate?: Phase;
  readonly authorizer?: Phase;
  readonly authorize?: Phase;
  /** What an authorizer said. */
  readonly authorization?: { readonly principalId: string; readonly policyDocument: JsonObject };
  readonly integration?: { readonly status: number | undefined; readonly latencyMs: number };
}

/** Takes down how a request fares, for a test's log and a stage's logs. Requests that nobody logs have none. */
export interface Journal {
  tell(kind: LineKind, text: string): void;
  /** A backend is being asked. */
  asked(uri: string, headers: Readonly<Record<string, unknown>>, body: Buffer | string): void;
  /** It has answered. */
  answered(status: number | undefined, headers: Readonly<Record<string, unknown>>, body: Buffer | string): void;
  learn(learned: Learned): void;
  readonly lines: readonly Line[];
  readonly learned: Learned;
}

/** AWS: longer lines are cut. */
const MAX_LINE_LENGTH = 1024;

export const createJournal = (now: () => number): Journal => {
  const lines: Line[] = [];
  let known: Learned = {};
  let askedAt = now();
  const tell: Journal["tell"] = (kind, text) => {
    const cut = text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)} [TRUNCATED]` : text;
    lines.push({ kind, time: now(), text: cut });
  };
  const learn: Journal["learn"] = (learned) => {
    known = { ...known, ...learned };
  };
  return {
    tell,
    learn,
    lines,
    get learned() {
      return known;
    },
    asked: (uri, headers, body) => {
      askedAt = now();
      tell("data", `Endpoint request URI: ${uri}`);
      tell("data", `Endpoint request headers: ${mapText(headers)}`);
      tell("data", `Endpoint request body after transformations: ${body}`);
      tell("info", `Sending request to ${uri}`);
    },
    answered: (status, headers, body) => {
      const latencyMs = now() - askedAt;
      learn({ integration: { status, latencyMs } });
      tell("info", `Received response. Status: ${status}, Integration latency: ${latencyMs} ms`);
      tell("data", `Endpoint response headers: ${mapText(headers)}`);
      tell("data", `Endpoint response body before transformations: ${body}`);
    },
  };
};

/** A map as these logs write one: `{petId=123, foo=bar}` */
export const mapText = (map: Readonly<Record<string, unknown>> | undefined | null): string =>
  `{${Object.entries(map ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(", ")}}`;
