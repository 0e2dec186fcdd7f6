import { cacheStage } from "../dataPlane/responseCache.ts";
import { findPart } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const flushStageCache =
  (room: Room): Operation<"FlushStageCache"> =>
  async (_ctx, { restApiId, stageName }) => {
    findPart(room.stages, "stage", restApiId, stageName);
    room.responseCache.flush(cacheStage(restApiId, stageName));
    return {};
  };

/** What authorizers of other stages decided is forgotten with it, and asked for anew. */
export const flushStageAuthorizersCache =
  (room: Room): Operation<"FlushStageAuthorizersCache"> =>
  async (_ctx, { restApiId, stageName }) => {
    findPart(room.stages, "stage", restApiId, stageName);
    room.decisions.clear();
    return {};
  };
