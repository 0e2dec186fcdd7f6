import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";
import type { Clients } from "../../src/launch/target.ts";
import type { TestCloud } from "../harness.ts";

/** What a launch calls a cloud by, without a pause between its looks. */
export const launchClients = (cloud: TestCloud): Clients => ({
  cloudformation: cloud.client(CloudFormationClient),
  codepipeline: cloud.client(CodePipelineClient),
  s3: cloud.client(S3Client),
  secretsmanager: cloud.client(SecretsManagerClient),
  sts: cloud.client(STSClient),
  logs: async () => cloud.client(CloudWatchLogsClient),
  pollMs: 0,
});
