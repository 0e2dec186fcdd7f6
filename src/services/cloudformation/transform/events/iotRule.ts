import { accountArn } from "../arns.ts";
import { CfnResource } from "../cfnResource.ts";
import { ref, sub } from "../intrinsics.ts";
import { optional, required, TEXT } from "../properties.ts";
import { Dict, truthy } from "../values/value.ts";
import type { EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";

/** `IoTRule`: a topic rule whose messages invoke the function. */
export const iotRule: EventType = {
  properties: { Sql: required(TEXT), AwsIotSqlVersion: optional(TEXT) },
  generate: (source, target, context) => {
    const permission = invokePermission(source, target, {
      principal: "iot.amazonaws.com",
      sourceArn: sub(
        accountArn(context.partition, "iot", "rule/${RuleName}"),
        Dict.plain({ RuleName: ref(source.logicalId) }),
      ),
      sourceAccount: sub("${AWS::AccountId}"),
    });
    const payload = Dict.plain({
      Sql: source.properties.get("Sql"),
      RuleDisabled: false,
      Actions: [Dict.plain({ Lambda: Dict.plain({ FunctionArn: target.arn }) })],
    });
    const version = source.properties.get("AwsIotSqlVersion");
    if (truthy(version)) payload.set("AwsIotSqlVersion", version);
    const rule = new CfnResource("AWS::IoT::TopicRule", source.logicalId, target.attributes, {
      TopicRulePayload: payload,
    });
    return [permission, rule];
  },
};
