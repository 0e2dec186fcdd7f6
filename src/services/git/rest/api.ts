import type { Readable } from "node:stream";
import { AwsError } from "../../../kernel/errors.ts";
import { type HttpRequest, header } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Where GitHub's REST API is: clients take it for the address of a GitHub Enterprise Server. */
export const API_PATH = "/git/api/v3";

/** Whoever asks, with the cloud's own credentials or with one repository's token. */
export type Caller = { readonly login: string } & (
  | { readonly kind: "owner" }
  | { readonly kind: "repository"; readonly key: string }
);

/** A request to the API. */
export interface Asked {
  readonly room: Room;
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** What the address's pattern has caught, decoded. */
  readonly params: readonly string[];
}

/** The same about a repository that the caller may see. */
export interface AskedOf extends Asked {
  readonly repository: RepositoryRecord;
}

/** What the API answers; a body of `undefined` is none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of JSON. */
  readonly bytes?: Uint8Array;
  /** The same as it comes, for what may be large. */
  readonly stream?: Readable;
}

export const ok = (body: unknown, headers: Answer["headers"] = {}): Answer => ({ status: 200, body, headers });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

/** A refusal in GitHub's own words. */
export const refuse = (status: number, message: string, errors?: readonly JsonObject[]): AwsError =>
  new AwsError("GitHub", message, status, errors ? { errors } : {});

export const notFound = () => refuse(404, "Not Found");

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export const invalid = (resource: string, field: string, code: string, message?: string) =>
  refuse(422, "Validation Failed", [{ resource, code, field, ...(message ? { message } : {}) }]);

/** The media type a client prefers for what GitHub can show in several: `raw`, `diff`, `patch`, `sha`. */
export const mediaOf = ({ headers }: HttpRequest): string | undefined =>
  /application\/vnd\.github\.(?:v3\.)?(raw|diff|patch|sha)/.exec(header(headers, "accept") ?? "")?.[1];

/** A pattern such as `GET /hooks/*`, below a repository's address, and what answers it. */
export type RepositoryRoute = readonly [pattern: string, route: (asked: AskedOf) => Promise<Answer>];
