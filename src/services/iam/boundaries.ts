import { noSuchEntity } from "./errors.ts";
import { managedDocument } from "./identityPolicies.ts";
import type { Room } from "./room.ts";

/** A permissions boundary that is there; throws when it is not. */
export const boundaryOf = (
  room: Pick<Room, "policies">,
  arn: string | undefined,
): { readonly boundaryArn?: string } => {
  if (arn === undefined) return {};
  if (managedDocument(room, arn) === undefined) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  return { boundaryArn: arn };
};
