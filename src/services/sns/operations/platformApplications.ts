import { invalidParameter } from "../errors.ts";
import { checkArn } from "../find.ts";
import { PAGE_SIZE } from "../limits.ts";
import {
  checkApplicationName,
  checkCredentials,
  checkPlatform,
  findApplication,
  keptAttributes,
} from "../platform/applications.ts";
import { platformPage } from "../platform/page.ts";
import type { Operation, Room } from "../room.ts";

/** Applications are kept; no push service is ever asked. */
export const createPlatformApplication =
  ({ platformApplications }: Pick<Room, "platformApplications">): Operation<"CreatePlatformApplication"> =>
  async (ctx, { Name, Platform, Attributes }) => {
    checkPlatform(Platform);
    checkApplicationName(Name);
    checkCredentials(Platform, Attributes);
    const attributes = { Enabled: "true", ...keptAttributes(Attributes) };
    const arn = ctx.arn(`app/${Platform}/${Name}`);
    const existing = platformApplications.get(arn);
    if (existing && JSON.stringify(existing.attributes) !== JSON.stringify(attributes))
      throw invalidParameter("Attributes Reason: Platform application already exists with different attributes");
    platformApplications.put(arn, { arn, platform: Platform, name: Name, attributes });
    return { PlatformApplicationArn: arn };
  };

/** AWS: an application that is not there is deleted, too; its endpoints go with it. */
export const deletePlatformApplication =
  (room: Pick<Room, "platformApplications" | "endpoints">): Operation<"DeletePlatformApplication"> =>
  async (_ctx, { PlatformApplicationArn: arn }) => {
    checkArn(arn, "PlatformApplicationArn");
    room.platformApplications.delete(arn);
    for (const { value } of room.endpoints.range()) if (value.application === arn) room.endpoints.delete(value.arn);
    return {};
  };

export const listPlatformApplications =
  ({ platformApplications }: Pick<Room, "platformApplications">): Operation<"ListPlatformApplications"> =>
  async (_ctx, { NextToken }) => {
    const { items, nextToken } = platformPage(platformApplications.values(), ({ arn }) => arn, NextToken, PAGE_SIZE);
    return {
      PlatformApplications: items.map(({ arn, attributes }) => ({
        PlatformApplicationArn: arn,
        Attributes: { ...attributes },
      })),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };

export const getPlatformApplicationAttributes =
  (room: Pick<Room, "platformApplications">): Operation<"GetPlatformApplicationAttributes"> =>
  async (_ctx, { PlatformApplicationArn }) => ({
    Attributes: { ...findApplication(room, PlatformApplicationArn).attributes },
  });

export const setPlatformApplicationAttributes =
  (room: Pick<Room, "platformApplications">): Operation<"SetPlatformApplicationAttributes"> =>
  async (_ctx, { PlatformApplicationArn, Attributes }) => {
    const application = findApplication(room, PlatformApplicationArn);
    const attributes = { ...application.attributes, ...keptAttributes(Attributes) };
    room.platformApplications.put(application.arn, { ...application, attributes });
    return {};
  };
