import { parseArn } from "../../../kernel/arn.ts";
import { domainsOf } from "../domains.ts";
import { badRequest } from "../errors.ts";
import { findApi, findPart } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { findKey } from "./apiKeys.ts";
import { findCertificate } from "./clientCertificates.ts";
import { findPlan } from "./usagePlans.ts";
import { findLink } from "./vpcLinks.ts";

export const getTags =
  (room: Room): Operation<"GetTags"> =>
  async (_ctx, { resourceArn }) => {
    if (isDomain(resourceArn)) {
      const { Tags: tags } = await domainsOf(room)("apigatewayv2", "GetTags", { ResourceArn: resourceArn });
      return { tags };
    }
    return { tags: { ...holderOf(room, resourceArn).tags } };
  };

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) => {
    if (isDomain(resourceArn)) {
      await domainsOf(room)("apigatewayv2", "TagResource", { ResourceArn: resourceArn, Tags: tags });
      return {};
    }
    const holder = holderOf(room, resourceArn);
    holder.put({ ...holder.tags, ...tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    if (isDomain(resourceArn)) {
      await domainsOf(room)("apigatewayv2", "UntagResource", { ResourceArn: resourceArn, TagKeys: tagKeys });
      return {};
    }
    const holder = holderOf(room, resourceArn);
    holder.put(Object.fromEntries(Object.entries(holder.tags).filter(([key]) => !tagKeys.includes(key))));
    return {};
  };

/** Domains are kept by the other API, with their tags. */
const isDomain = (arn: string): boolean => parseArn(arn)?.resource.startsWith("/domainnames/") ?? false;

interface TagHolder {
  readonly tags: Readonly<Record<string, string>>;
  put(tags: Record<string, string>): void;
}

/** `arn:aws:apigateway:REGION::/restapis/ID`, `…/restapis/ID/stages/NAME`, and `/apikeys/ID`, `/usageplans/ID` and their like. */
const holderOf = (room: Room, arn: string): TagHolder => {
  const [, kind, id = "", inner, name = ""] = parseArn(arn)?.resource.split("/") ?? [];
  if (kind === "restapis" && inner === "stages") {
    const stage = findPart(room.stages, "stage", id, name);
    return { tags: stage.tags ?? {}, put: (tags) => room.stages.put([id, name], { ...stage, tags }) };
  }
  if (inner !== undefined || id === "") throw badRequest(`Invalid resource ARN specified: ${arn}`);
  switch (kind) {
    case "restapis": {
      const api = findApi(room, id);
      return { tags: api.tags ?? {}, put: (tags) => room.restApis.put(id, { ...api, tags }) };
    }
    case "apikeys": {
      const key = findKey(room, id);
      return { tags: key.tags ?? {}, put: (tags) => room.apiKeys.put(id, { ...key, tags }) };
    }
    case "usageplans": {
      const plan = findPlan(room, id);
      return { tags: plan.tags ?? {}, put: (tags) => room.usagePlans.put(id, { ...plan, tags }) };
    }
    case "vpclinks": {
      const link = findLink(room, id);
      return { tags: link.tags ?? {}, put: (tags) => room.vpcLinks.put(id, { ...link, tags }) };
    }
    case "clientcertificates": {
      const certificate = findCertificate(room, id);
      return { tags: certificate.tags ?? {}, put: (tags) => room.clientCertificates.put(id, { ...certificate, tags }) };
    }
    default:
      throw badRequest(`Invalid resource ARN specified: ${arn}`);
  }
};
