import { parseArn } from "../../../kernel/arn.ts";
import { badRequest } from "../errors.ts";
import { findApi, findPart } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const getTags =
  (room: Room): Operation<"GetTags"> =>
  async (_ctx, { resourceArn }) => ({ tags: { ...holderOf(room, resourceArn).tags } });

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) => {
    const holder = holderOf(room, resourceArn);
    holder.put({ ...holder.tags, ...tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    const holder = holderOf(room, resourceArn);
    holder.put(Object.fromEntries(Object.entries(holder.tags).filter(([key]) => !tagKeys.includes(key))));
    return {};
  };

interface TagHolder {
  readonly tags: Readonly<Record<string, string>>;
  put(tags: Record<string, string>): void;
}

/** `arn:aws:apigateway:REGION::/restapis/ID` or `…/restapis/ID/stages/NAME` */
const holderOf = (room: Room, arn: string): TagHolder => {
  const [, apiId = "", stageName] =
    /^\/restapis\/([^/]+)(?:\/stages\/(.+))?$/.exec(parseArn(arn)?.resource ?? "") ?? [];
  if (apiId === "") throw badRequest(`Invalid resource ARN specified: ${arn}`);
  if (stageName === undefined) {
    const api = findApi(room, apiId);
    return { tags: api.tags ?? {}, put: (tags) => room.restApis.put(apiId, { ...api, tags }) };
  }
  const stage = findPart(room.stages, "stage", apiId, stageName);
  return { tags: stage.tags ?? {}, put: (tags) => room.stages.put([apiId, stageName], { ...stage, tags }) };
};
