import { endpointNotFound, invalidParameter } from "../errors.ts";
import { checkArn } from "../find.ts";
import type { EndpointRecord } from "../records.ts";
import type { Room } from "../room.ts";

const NAMES = ["CustomUserData", "Enabled", "Token"];
const MAX_USER_DATA_BYTES = 2048;
/** `endpoint/PLATFORM/APPLICATION/UNIQUE`. */
const SLASHES = 3;

export const findEndpoint = ({ endpoints }: Pick<Room, "endpoints">, arn: string): EndpointRecord => {
  checkEndpointArn(arn);
  const endpoint = endpoints.get(arn);
  if (!endpoint) throw endpointNotFound();
  return endpoint;
};

export const checkEndpointArn = (arn: string): void => {
  checkArn(arn, "EndpointArn");
  if (arn.split("/").length - 1 !== SLASHES)
    throw invalidParameter("EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.");
};

/** Throws for an attribute there is none of, and for a value that is none. */
export const checkEndpointAttributes = (attributes: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (!NAMES.includes(name)) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${name}`);
    if (name === "CustomUserData" && Buffer.byteLength(value) > MAX_USER_DATA_BYTES)
      throw invalidParameter(
        `Attributes Reason: Invalid value for attribute: CustomUserData: must be at most ${MAX_USER_DATA_BYTES} bytes long in UTF-8 encoding`,
      );
    if (name === "Enabled" && value !== "true" && value !== "false")
      throw invalidParameter(`Attributes Reason: Invalid value for attribute: Enabled: ${value}`);
  }
};
