import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { invalidParameter } from "../errors.ts";
import { findLiveSecret } from "../find.ts";
import { DEFAULT_BATCH_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { openValue } from "../versions.ts";
import { chosenVersion } from "./getSecretValue.ts";
import { matches } from "./listSecrets.ts";

export const batchGetSecretValue =
  (room: Pick<Room, "secrets" | "clock" | "cipher">): Operation<"BatchGetSecretValue"> =>
  async (_ctx, input) => {
    if ((input.SecretIdList === undefined) === (input.Filters === undefined)) {
      throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (input.MaxResults !== undefined && input.Filters === undefined)
      throw invalidParameter(
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
      );
    const filtered = () =>
      [...room.secrets.list()]
        .filter(
          (secret) =>
            secret.deletedAt === undefined && (input.Filters ?? []).every((filter) => matches(secret, filter)),
        )
        .map(({ name }) => name);
    const ids = input.SecretIdList ?? filtered();
    const { items, nextToken } = page(ids, (id) => id, input.NextToken, input.MaxResults ?? DEFAULT_BATCH_SIZE);
    const results = items.map((id) => valueOrError(room, id));
    return {
      SecretValues: results.flatMap(({ value }) => (value ? [value] : [])),
      Errors: results.flatMap(({ error }) => (error ? [error] : [])),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

const valueOrError = (room: Pick<Room, "secrets" | "clock" | "cipher">, id: string) => {
  try {
    const secret = findLiveSecret(room, id);
    const version = chosenVersion(secret);
    const value = {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      ...openValue(room, version),
      VersionStages: [...version.stages],
      CreatedDate: new Date(version.createdAt),
    };
    return { value, error: undefined };
  } catch (error) {
    return { value: undefined, error: { SecretId: id, ErrorCode: errorCode(error), Message: errorMessage(error) } };
  }
};
