import { imageNotFound } from "../errors.ts";
import { findRepository } from "../find.ts";
import type { Operation, Room } from "../room.ts";

// Nothing can be pushed (layers are not built), so a repository is always empty, and these say so.

export const listImages =
  (room: Room): Operation<"ListImages"> =>
  async (ctx, input) => {
    findRepository(room, ctx.account, input);
    return { imageIds: [] };
  };

export const describeImages =
  (room: Room): Operation<"DescribeImages"> =>
  async (ctx, input) => {
    const { name } = findRepository(room, ctx.account, input);
    const [wanted] = input.imageIds ?? [];
    if (!wanted) return { imageDetails: [] };
    const said = Object.entries({ imageDigest: wanted.imageDigest, imageTag: wanted.imageTag })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}:'${value}'`);
    throw imageNotFound(said.join(", "), name, ctx.account);
  };

export const batchGetImage =
  (room: Room): Operation<"BatchGetImage"> =>
  async (ctx, input) => {
    findRepository(room, ctx.account, input);
    const failures = input.imageIds.map((imageId) => ({
      imageId,
      failureCode: "ImageNotFound" as const,
      failureReason: "Requested image not found",
    }));
    return { images: [], failures };
  };
