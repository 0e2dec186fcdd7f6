import { accountArn } from "../arns.ts";
import { CfnResource } from "../cfnResource.ts";
import { sub } from "../intrinsics.ts";
import { required, TEXT } from "../properties.ts";
import { Dict } from "../values/value.ts";
import type { EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";

/** `CloudWatchLogs`: a subscription filter that hands matching log lines to the function. */
export const cloudWatchLogs: EventType = {
  properties: { LogGroupName: required(TEXT), FilterPattern: required(TEXT) },
  generate: (source, target, context) => {
    const group = source.properties.get("LogGroupName");
    const permission = invokePermission(source, target, {
      principal: "logs.amazonaws.com",
      sourceArn: sub(
        accountArn(context.partition, "logs", "log-group:${__LogGroupName__}:*"),
        Dict.plain({ __LogGroupName__: group }),
      ),
    });
    const filter = new CfnResource("AWS::Logs::SubscriptionFilter", source.logicalId, target.attributes, {
      LogGroupName: group,
      FilterPattern: source.properties.get("FilterPattern"),
      DestinationArn: target.arn,
    });
    filter.dependsOn = [permission.logicalId];
    return [permission, filter];
  },
};
