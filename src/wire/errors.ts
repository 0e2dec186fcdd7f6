import { AwsError, RenamedError } from "../kernel/errors.ts";
import type { ServiceModel } from "./model.ts";
import type { Structure } from "./schema.ts";

/** An error on its way out: what every protocol writes in its own form. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fault: "client" | "server";
  /** What protocols that name shapes call it. */
  readonly shape: string;
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
  const code = "InternalFailure";
  return { code, shape: code, message, status: 500, fault: "server", structure: undefined, members: {} };
};

const fromAwsError = (thrown: AwsError, model: ServiceModel | undefined): WireError => {
  const structure = model?.error(thrown.code);
  return {
    code: thrown.code,
    shape: structure?.name ?? (thrown instanceof RenamedError ? thrown.shape : thrown.code),
    message: thrown.message,
    status: thrown.statusCode,
    fault: thrown.statusCode >= SERVER_ERROR_STATUS ? "server" : "client",
    structure,
    members: thrown.details,
  };
};

const fromSdkException = (thrown: Error, structure: Structure | undefined): WireError => {
  const { awsQueryError, httpError, error } = structure?.traits ?? {};
  const fault = error ?? "client";
  const code = awsQueryError?.[0] ?? thrown.name;
  return {
    code,
    shape: structure?.name ?? code,
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
