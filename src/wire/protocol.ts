import type { Readable } from "node:stream";
import type { HttpHeaders, HttpResponse } from "../kernel/http.ts";
import type { WireError } from "./errors.ts";
import type { OperationModel } from "./model.ts";

/** A request whose operation and caller are known. */
export interface ProtocolRequest {
  readonly method: string;
  /** The path below the endpoint, percent-escapes untouched. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: HttpHeaders;
  /** The whole body; empty when it streams. */
  readonly body: Buffer;
  /** The body of an operation whose input streams. */
  readonly stream: Readable | undefined;
}

/** What a protocol needs to know of the service beyond its operations. */
export interface ProtocolFacts {
  readonly apiVersion: string;
  readonly xmlNamespace: string;
}

/** Bytes to typed input, typed output to bytes. */
export interface Protocol {
  /** Whether the operation's body is handed over as a stream. */
  streamsInput(operation: OperationModel): boolean;
  decode(operation: OperationModel, request: ProtocolRequest): unknown;
  /** The document of a request as it stands, for services that read it themselves; undefined when it is none. */
  parse?(request: ProtocolRequest): unknown;
  encode(operation: OperationModel, output: unknown, requestId: string): HttpResponse;
  encodeError(error: WireError, requestId: string): HttpResponse;
}
