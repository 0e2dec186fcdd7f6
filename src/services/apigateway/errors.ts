import { BadRequestException, ConflictException, NotFoundException } from "@aws-sdk/client-api-gateway";

const $metadata = {};

/** What of an API may be missing, as AWS's messages name it. */
export type Part =
  | "API"
  | "Resource"
  | "Method"
  | "Integration"
  | "Deployment"
  | "stage"
  | "Authorizer"
  | "Model"
  | "Request Validator"
  | "Response status code"
  | "API Key"
  | "Usage Plan Key"
  | "Documentation part"
  | "Documentation version"
  | "domain name"
  | "base path mapping"
  | "Vpc Link"
  | "Client Certificate";

export const notFound = (what: Part, id = "") =>
  new NotFoundException({ message: [`Invalid ${named(what)} specified`, id].join(" ").trim(), $metadata });

/** AWS: a status code is no identifier. */
const named = (what: Part): string => (what === "Response status code" ? what : `${what} identifier`);

export const missing = (message: string) => new NotFoundException({ message, $metadata });

export const badRequest = (message: string) => new BadRequestException({ message, $metadata });

export const conflict = (message: string) => new ConflictException({ message, $metadata });
