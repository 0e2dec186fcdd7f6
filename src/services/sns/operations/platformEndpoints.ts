import { invalidParameter } from "../errors.ts";
import { PAGE_SIZE } from "../limits.ts";
import { findApplication } from "../platform/applications.ts";
import { checkEndpointArn, checkEndpointAttributes, findEndpoint } from "../platform/endpoints.ts";
import { platformPage } from "../platform/page.ts";
import type { EndpointRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createPlatformEndpoint =
  (room: Pick<Room, "platformApplications" | "endpoints" | "ids">): Operation<"CreatePlatformEndpoint"> =>
  async (ctx, { PlatformApplicationArn, Token, CustomUserData, Attributes = {} }) => {
    const application = findApplication(room, PlatformApplicationArn);
    const given = { ...(CustomUserData === undefined ? {} : { CustomUserData }), ...Attributes };
    checkEndpointAttributes(given);
    const attributes = { Enabled: "true", ...given, Token };
    const existing = [...endpointsOf(room, application.arn)].find((endpoint) => endpoint.attributes["Token"] === Token);
    if (existing && !isSame(existing.attributes, attributes))
      throw invalidParameter(
        `Token Reason: Endpoint ${existing.arn} already exists with the same Token, but different attributes.`,
      );
    if (existing) return { EndpointArn: existing.arn };
    const arn = ctx.arn(`endpoint/${application.platform}/${application.name}/${room.ids.uuid()}`);
    room.endpoints.put(arn, { arn, application: application.arn, attributes });
    return { EndpointArn: arn };
  };

const isSame = (a: EndpointRecord["attributes"], b: EndpointRecord["attributes"]): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

function* endpointsOf({ endpoints }: Pick<Room, "endpoints">, application: string): Generator<EndpointRecord> {
  for (const endpoint of endpoints.values()) if (endpoint.application === application) yield endpoint;
}

/** AWS: an endpoint that is not there is deleted, too. */
export const deleteEndpoint =
  ({ endpoints }: Pick<Room, "endpoints">): Operation<"DeleteEndpoint"> =>
  async (_ctx, { EndpointArn }) => {
    checkEndpointArn(EndpointArn);
    endpoints.delete(EndpointArn);
    return {};
  };

export const getEndpointAttributes =
  (room: Pick<Room, "endpoints">): Operation<"GetEndpointAttributes"> =>
  async (_ctx, { EndpointArn }) => ({ Attributes: { ...findEndpoint(room, EndpointArn).attributes } });

export const setEndpointAttributes =
  (room: Pick<Room, "endpoints">): Operation<"SetEndpointAttributes"> =>
  async (_ctx, { EndpointArn, Attributes }) => {
    const endpoint = findEndpoint(room, EndpointArn);
    checkEndpointAttributes(Attributes);
    room.endpoints.put(endpoint.arn, { ...endpoint, attributes: { ...endpoint.attributes, ...Attributes } });
    return {};
  };

export const listEndpointsByPlatformApplication =
  (room: Pick<Room, "platformApplications" | "endpoints">): Operation<"ListEndpointsByPlatformApplication"> =>
  async (_ctx, { PlatformApplicationArn, NextToken }) => {
    const application = findApplication(room, PlatformApplicationArn);
    const all = endpointsOf(room, application.arn);
    const { items, nextToken } = platformPage(all, ({ arn }) => arn, NextToken, PAGE_SIZE);
    return {
      Endpoints: items.map(({ arn, attributes }) => ({ EndpointArn: arn, Attributes: { ...attributes } })),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };
