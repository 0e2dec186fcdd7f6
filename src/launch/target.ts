import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";

/** Where to launch: a cloud of aloft's, or AWS itself when there is no endpoint. */
export interface Target {
  readonly region: string;
  readonly endpoint?: string;
  /** AWS's own chain of providers is used when absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The clients a launch needs, all of one target. */
export interface Clients {
  readonly cloudformation: CloudFormationClient;
  readonly codepipeline: CodePipelineClient;
  readonly s3: S3Client;
  readonly secretsmanager: SecretsManagerClient;
  readonly sts: STSClient;
  /** Read only when it is asked for: where something failed. */
  readonly logs: () => Promise<CloudWatchLogsClient>;
  /** Milliseconds between looks at work under way: AWS throttles, a local cloud does not. */
  readonly pollMs: number;
}

const LOCAL_POLL_MS = 60;
const AWS_POLL_MS = 2000;

export const clientsFor = ({ region, endpoint, credentials }: Target): Clients => {
  const config = { region, ...(endpoint ? { endpoint } : {}), ...(credentials ? { credentials } : {}) };
  return {
    cloudformation: new CloudFormationClient(config),
    codepipeline: new CodePipelineClient(config),
    s3: new S3Client({ ...config, forcePathStyle: endpoint !== undefined }),
    secretsmanager: new SecretsManagerClient(config),
    sts: new STSClient(config),
    logs: async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config),
    pollMs: endpoint ? LOCAL_POLL_MS : AWS_POLL_MS,
  };
};
