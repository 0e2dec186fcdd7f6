import { AwsError } from "../kernel/errors.ts";
import type { ServiceModel } from "./model.ts";
import type { Structure } from "./schema.ts";

/** An error on its way out: what every protocol writes in its own form. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fault: "client" | "server";
  /** The modelled structure, whose members the error's document carries. */
  readonly structure: Structure | undefined;
  readonly members: Readonly<Record<string, unknown>>;
}

/** A request the protocol could not read. */
export const serializationError = (message: string): AwsError => new AwsError("SerializationException", message, 400);

const CLIENT_ERROR_STATUS = 400;
const SERVER_ERROR_STATUS = 500;

/** What a thrown value becomes on the wire. What is neither AWS's refusal nor ours is our bug: a 500. */
export const wireError = (thrown: unknown, model: ServiceModel | undefined): WireError => {
  if (thrown instanceof AwsError) return fromAwsError(thrown, model);
  const structure = thrown instanceof Error && "$fault" in thrown ? model?.error(thrown.name) : undefined;
  if (thrown instanceof Error && "$fault" in thrown) return fromSdkException(thrown, structure);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "InternalFailure", message, status: 500, fault: "server", structure: undefined, members: {} };
};

const fromAwsError = (thrown: AwsError, model: ServiceModel | undefined): WireError => ({
  code: thrown.code,
  message: thrown.message,
  status: thrown.statusCode,
  fault: thrown.statusCode >= SERVER_ERROR_STATUS ? "server" : "client",
  structure: model?.error(thrown.code),
  members: thrown.details,
});

const fromSdkException = (thrown: Error, structure: Structure | undefined): WireError => {
  const { awsQueryError, httpError, error } = structure?.traits ?? {};
  const fault = error ?? "client";
  return {
    code: awsQueryError?.[0] ?? thrown.name,
    message: messageOf(thrown),
    status: awsQueryError?.[1] ?? httpError ?? (fault === "server" ? SERVER_ERROR_STATUS : CLIENT_ERROR_STATUS),
    fault,
    structure,
    members: thrown as unknown as Readonly<Record<string, unknown>>,
  };
};

/** Some models spell the member `Message`; the SDK's classes then leave `message` empty. */
const messageOf = (thrown: Error): string => {
  const capital = (thrown as { readonly Message?: unknown }).Message;
  return thrown.message || (typeof capital === "string" ? capital : "");
};
