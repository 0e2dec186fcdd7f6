import { accountArn } from "../arns.ts";
import { CfnResource } from "../cfnResource.ts";
import { ref, sub } from "../intrinsics.ts";
import { Dict, type Value } from "../values/value.ts";

/** Lets API Gateway invoke an authorizer's function. */
export const authorizerPermission = (
  logicalId: string,
  functionArn: Value,
  apiId: string,
  partition: string,
  attributes: Dict,
): CfnResource =>
  new CfnResource("AWS::Lambda::Permission", logicalId, attributes, {
    Action: "lambda:InvokeFunction",
    FunctionName: functionArn,
    Principal: "apigateway.amazonaws.com",
    SourceArn: sub(
      accountArn(partition, "execute-api", "${__ApiId__}/authorizers/*"),
      Dict.plain({ __ApiId__: ref(apiId) }),
    ),
  });
