import { expect, test } from "vitest";
import { compilePolicyText } from "./evaluation/compile.ts";
import { identityPolicyFault } from "./evaluation/validate.ts";
import { awsManagedPolicies, awsManagedPolicy } from "./managedPolicies.ts";

test("every document is a sound policy, found by its ARN", () => {
  const policies = awsManagedPolicies("aws");
  expect(policies.length).toBeGreaterThan(300);
  for (const policy of policies) {
    expect([policy.name, identityPolicyFault(policy.document, "managed")]).toEqual([policy.name, undefined]);
    compilePolicyText(policy.document).statementsFor("s3:GetObject");
    expect(awsManagedPolicy(policy.arn)).toEqual(policy);
  }
});

test("what serverless applications name is there", () => {
  const paths = [
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaVPCAccessExecutionRole",
    "service-role/AWSLambdaDynamoDBExecutionRole",
    "service-role/AWSLambdaSQSQueueExecutionRole",
    "service-role/AWSLambdaKinesisExecutionRole",
    "service-role/AWSLambdaRole",
    "service-role/AWSCodeDeployRoleForLambda",
    "service-role/AWSCodeDeployRoleForLambdaLimited",
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    "AWSXRayDaemonWriteAccess",
    "AWSXrayWriteOnlyAccess",
    "AWSLambda_FullAccess",
    "AWSCodePipeline_FullAccess",
    "AWSCodeBuildAdminAccess",
    "AWSCloudFormationFullAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonS3FullAccess",
    "AmazonSQSFullAccess",
    "AmazonSNSFullAccess",
    "CloudWatchLogsFullAccess",
    "AdministratorAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
  ];
  const missing = paths.filter((path) => !awsManagedPolicy(`arn:aws:iam::aws:policy/${path}`));
  expect(missing).toEqual([]);
});

test("a name without its path, or another partition's, is another ARN", () => {
  expect(awsManagedPolicy("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole")).toBeUndefined();
  expect(awsManagedPolicy("arn:aws-cn:iam::aws:policy/AdministratorAccess")?.name).toBe("AdministratorAccess");
  expect(awsManagedPolicy("arn:aws:iam::123456789012:policy/AdministratorAccess")).toBeUndefined();
});
