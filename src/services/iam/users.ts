import type { Context } from "../../kernel/context.ts";
import { validationError } from "./errors.ts";
import type { AccessKeyRecord, ServiceCredentialRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The user that an operation speaks of when it names none: the caller. */
export const callingUser = ({ principal }: Context): string => {
  if (principal.kind === "user") return principal.userName;
  throw validationError("Must specify userName when calling with non-User credentials");
};

/** A user's access keys, the oldest first. */
export const keysOf = ({ accessKeys }: Pick<Room, "accessKeys">, userName: string): readonly AccessKeyRecord[] =>
  [...accessKeys.range()]
    .flatMap(({ value }) => (value.userName === userName ? [value] : []))
    .sort((a, b) => a.createdAt - b.createdAt);

/** A user's credentials for single services, the oldest first. */
export const serviceCredentialsOf = (
  { serviceCredentials }: Pick<Room, "serviceCredentials">,
  userName: string,
): readonly ServiceCredentialRecord[] =>
  [...serviceCredentials.range()]
    .flatMap(({ value }) => (value.userName === userName ? [value] : []))
    .sort((a, b) => a.createdAt - b.createdAt);
