import { parseArn } from "../../../kernel/arn.ts";
import { badRequest } from "../errors.ts";
import { findApi, findDomain, findPart } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { findLink } from "./vpcLinks.ts";

export const getTags =
  (room: Room): Operation<"GetTags"> =>
  async (_ctx, { ResourceArn }) => ({ Tags: { ...holderOf(room, ResourceArn).tags } });

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { ResourceArn, Tags }) => {
    const holder = holderOf(room, ResourceArn);
    holder.put({ ...holder.tags, ...Tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { ResourceArn, TagKeys }) => {
    const holder = holderOf(room, ResourceArn);
    holder.put(Object.fromEntries(Object.entries(holder.tags).filter(([key]) => !TagKeys.includes(key))));
    return {};
  };

interface TagHolder {
  readonly tags: Readonly<Record<string, string>>;
  put(tags: Record<string, string>): void;
}

/** `arn:aws:apigateway:REGION::/apis/ID`, `…/apis/ID/stages/NAME` or `…/domainnames/NAME` */
const holderOf = (room: Room, arn: string): TagHolder => {
  const { resource = "" } = parseArn(arn) ?? {};
  const [, domainName] = /^\/domainnames\/([^/]+)$/.exec(resource) ?? [];
  if (domainName !== undefined) {
    const domain = findDomain(room, domainName);
    return { tags: domain.tags ?? {}, put: (tags) => room.domainNames.put(domainName, { ...domain, tags }) };
  }
  const [, linkId] = /^\/vpclinks\/([^/]+)$/.exec(resource) ?? [];
  if (linkId !== undefined) {
    const link = findLink(room, linkId);
    return { tags: link.tags ?? {}, put: (tags) => room.vpcLinks.put(linkId, { ...link, tags }) };
  }
  const [, apiId = "", stageName] = /^\/apis\/([^/]+)(?:\/stages\/(.+))?$/.exec(resource) ?? [];
  if (apiId === "") throw badRequest(`Invalid resource ARN specified: ${arn}`);
  if (stageName === undefined) {
    const api = findApi(room, apiId);
    return { tags: api.tags ?? {}, put: (tags) => room.apis.put(apiId, { ...api, tags }) };
  }
  const stage = findPart(room, room.stages, "Stage", apiId, stageName);
  return { tags: stage.tags ?? {}, put: (tags) => room.stages.put([apiId, stageName], { ...stage, tags }) };
};
