import { invalidInput, resourceAlreadyExists, resourceNotFound } from "../errors.ts";
import type { SourceCredentialRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "sourceCredentials" | "deps">;

/** AWS keeps one credential for each kind of server. */
export const importSourceCredentials =
  ({ sourceCredentials, deps }: Parts): Operation<"ImportSourceCredentials"> =>
  async (ctx, { serverType, authType, token, username, shouldOverwrite = true }) => {
    const arn = ctx.arn(`token/${serverType.toLowerCase()}`);
    if (sourceCredentials.has(arn) && !shouldOverwrite)
      throw resourceAlreadyExists(
        `Access token with server type ${serverType} already exists. Delete its source credential and try again.`,
      );
    if (authType === "BASIC_AUTH" && !username) throw invalidInput("Username is required for BASIC_AUTH");
    const record: SourceCredentialRecord = {
      arn,
      serverType,
      authType,
      sealedToken: deps.cipher.seal(token),
      ...(username === undefined ? {} : { username }),
    };
    sourceCredentials.put(arn, record);
    return { arn };
  };

export const listSourceCredentials =
  ({ sourceCredentials }: Parts): Operation<"ListSourceCredentials"> =>
  async () => ({
    sourceCredentialsInfos: [...sourceCredentials.range()].map(({ value: { arn, serverType, authType } }) => ({
      arn,
      serverType,
      authType,
    })),
  });

export const deleteSourceCredentials =
  ({ sourceCredentials }: Parts): Operation<"DeleteSourceCredentials"> =>
  async (_ctx, { arn }) => {
    if (!sourceCredentials.delete(arn)) throw resourceNotFound(arn);
    return { arn };
  };
