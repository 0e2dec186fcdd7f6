import type { CreateApiDestinationCommandInput } from "@aws-sdk/client-eventbridge";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { picked, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-apidestination.html */
interface ApiDestinationProperties extends Omit<CreateApiDestinationCommandInput, "Name"> {
  readonly Name?: string;
}

const MAX_NAME_LENGTH = 64;
const DEFAULT_RATE = 300;

export const apiDestinationType = defineResourceType<ApiDestinationProperties>({
  name: "AWS::Events::ApiDestination",
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const { ApiDestinationArn = "" } = await ctx.call("events", "CreateApiDestination", { ...desired, Name });
    return { physicalId: Name, attributes: attributesOf(ApiDestinationArn) };
  },
  update: async (ctx, { physicalId: Name, attributes }, desired) => {
    await ctx.call("events", "UpdateApiDestination", {
      ...desired,
      Name,
      Description: desired.Description ?? "",
      InvocationRateLimitPerSecond: desired.InvocationRateLimitPerSecond ?? DEFAULT_RATE,
    });
    return { physicalId: Name, attributes };
  },
  delete: async (ctx, { physicalId: Name }) => {
    try {
      await ctx.call("events", "DeleteApiDestination", { Name });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
  read: async (ctx, Name) => {
    const asked = ctx.call("events", "DescribeApiDestination", { Name });
    const found = await unlessMissing(asked, "ResourceNotFoundException");
    if (!found) return undefined;
    const properties = plain(picked(found, PROPERTIES));
    return { physicalId: Name, attributes: attributesOf(found.ApiDestinationArn ?? ""), properties, unread: [] };
  },
});

const PROPERTIES = [
  "Name",
  "ConnectionArn",
  "Description",
  "HttpMethod",
  "InvocationEndpoint",
  "InvocationRateLimitPerSecond",
] as const;

const attributesOf = (Arn: string) => ({ Arn, ArnForPolicy: Arn.replace(/\/[^/]*$/, "") });
