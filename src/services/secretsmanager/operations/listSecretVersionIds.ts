import { findSecret } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { secretNameView, versionView } from "../views.ts";

export const listSecretVersionIds =
  (room: Pick<Room, "secrets" | "clock">): Operation<"ListSecretVersionIds"> =>
  async (_ctx, input) => {
    const secret = findSecret(room, input.SecretId);
    const versions = secret.versions.filter(({ stages }) => input.IncludeDeprecated || stages.length > 0);
    const { items, nextToken } = page(
      versions,
      (each) => each.versionId,
      input.NextToken,
      input.MaxResults ?? DEFAULT_PAGE_SIZE,
    );
    return {
      ...secretNameView(secret),
      Versions: items.map((version) => versionView(version, secret)),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };
