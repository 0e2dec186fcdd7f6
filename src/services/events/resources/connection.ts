import type { CreateConnectionCommandInput } from "@aws-sdk/client-eventbridge";
import type { CallOutputs } from "../../../kernel/aws.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { picked, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-connection.html */
interface ConnectionProperties extends Omit<CreateConnectionCommandInput, "Name"> {
  readonly Name?: string;
}

const UNBUILT = ["AuthParameters.ConnectivityParameters", "InvocationConnectivityParameters"];
const MAX_NAME_LENGTH = 64;
const POLL_MS = 1000;

export const connectionType = defineResourceType<ConnectionProperties>({
  name: "AWS::Events::Connection",
  unbuilt: UNBUILT,
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    await ctx.call("events", "CreateConnection", { ...desired, Name });
    ctx.made(Name);
    return { physicalId: Name, attributes: await whenAuthorized(ctx, Name) };
  },
  update: async (ctx, { physicalId: Name }, desired) => {
    await ctx.call("events", "UpdateConnection", { ...desired, Name, Description: desired.Description ?? "" });
    return { physicalId: Name, attributes: await whenAuthorized(ctx, Name) };
  },
  delete: async (ctx, { physicalId: Name }) => {
    try {
      await ctx.call("events", "DeleteConnection", { Name });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
  read: async (ctx, Name) => {
    const found = await unlessMissing(ctx.call("events", "DescribeConnection", { Name }), "ResourceNotFoundException");
    if (!found) return undefined;
    const properties = plain(picked(found, ["Name", "AuthorizationType", "Description", "KmsKeyIdentifier"]));
    return { physicalId: Name, attributes: attributesOf(found), properties, unread: ["AuthParameters", ...UNBUILT] };
  },
});

/** AWS: one that is not authorized is there all the same, and says so itself. */
const whenAuthorized = async (ctx: ResourceContext, Name: string) => {
  for (;;) {
    const found = await ctx.call("events", "DescribeConnection", { Name });
    if (found.ConnectionState !== "AUTHORIZING") return attributesOf(found);
    await ctx.sleep(POLL_MS);
  }
};

const attributesOf = ({
  ConnectionArn = "",
  SecretArn = "",
}: Partial<CallOutputs["events"]["DescribeConnection"]>) => ({
  Arn: ConnectionArn,
  ArnForPolicy: ConnectionArn.replace(/\/[^/]*$/, ""),
  SecretArn,
});
