import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { parsed, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html */
interface ArchiveProperties {
  readonly ArchiveName?: string;
  readonly Description?: string;
  readonly EventPattern?: JsonObject;
  readonly KmsKeyIdentifier?: string;
  readonly RetentionDays?: number;
  readonly SourceArn: string;
}

export const archiveType = defineResourceType<ArchiveProperties>({
  name: "AWS::Events::Archive",
  read: async (ctx, ArchiveName) => {
    const asked = ctx.call("events", "DescribeArchive", { ArchiveName });
    const found = await unlessMissing(asked, "ResourceNotFoundException");
    if (!found) return undefined;
    const { ArchiveArn = "", Description, EventPattern, KmsKeyIdentifier, RetentionDays, EventSourceArn } = found;
    const properties = plain({
      ...{ ArchiveName, Description, KmsKeyIdentifier, RetentionDays },
      EventPattern: parsed(EventPattern),
      SourceArn: EventSourceArn,
    });
    return { physicalId: ArchiveName, attributes: { Arn: ArchiveArn }, properties, unread: [] };
  },
  create: async (ctx, desired) => {
    const ArchiveName = desired.ArchiveName ?? ctx.physicalName({ maxLength: 48 });
    const { ArchiveArn = "" } = await ctx.call("events", "CreateArchive", {
      ArchiveName,
      EventSourceArn: desired.SourceArn,
      ...settingsOf(desired),
    });
    return { physicalId: ArchiveName, attributes: { Arn: ArchiveArn } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    const nothing = { Description: "", EventPattern: "", KmsKeyIdentifier: "" };
    const given = { ...nothing, ...plain(settingsOf(desired)) };
    await ctx.call("events", "UpdateArchive", { ArchiveName: physicalId, ...given });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("events", "DeleteArchive", { ArchiveName: physicalId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
});

const settingsOf = ({ Description, EventPattern, KmsKeyIdentifier, RetentionDays }: ArchiveProperties) => ({
  Description,
  EventPattern: EventPattern && JSON.stringify(EventPattern),
  KmsKeyIdentifier,
  RetentionDays: RetentionDays ?? 0,
});
