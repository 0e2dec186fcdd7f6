import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readLogStream } from "./readFilters.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html */
interface LogStreamProperties {
  readonly LogGroupName: string;
  readonly LogStreamName?: string;
}

export const logStreamType = defineResourceType<LogStreamProperties>({
  name: "AWS::Logs::LogStream",
  read: readLogStream,
  create: async (ctx, { LogGroupName, LogStreamName }) => {
    const logStreamName = LogStreamName ?? ctx.physicalName();
    await ctx.call("logs", "CreateLogStream", { logGroupName: LogGroupName, logStreamName });
    return { physicalId: logStreamName, attributes: {} };
  },
  delete: async (ctx, { physicalId, properties }) => {
    await orGone(
      ctx.call("logs", "DeleteLogStream", { logGroupName: properties.LogGroupName, logStreamName: physicalId }),
    );
  },
});
