import type { ServiceName } from "../../kernel/aws.ts";
import type { ResourceType } from "../../kernel/resource.ts";
import type { AnyService } from "../../kernel/rooms.ts";

/** Finds resource types by name. Supplied by whoever assembles the cloud. */
export interface ResourceTypes {
  /** The type of that name; undefined when no room serves it. */
  find(name: string): Promise<ResourceType | undefined>;
}

/** The resource types of every service that can be loaded; a service is loaded when a template first names it. */
export const resourceTypesOf = (load: (service: ServiceName) => Promise<AnyService | undefined>): ResourceTypes => ({
  find: async (name) => {
    for (const service of servicesOf(name)) {
      const found = (await load(service))?.resources?.find((type) => type.name === name);
      if (found !== undefined) return found;
    }
    return undefined;
  },
});

/** The rooms that may serve a type: most namespaces are their service's name in lower case. */
const servicesOf = (type: string): readonly ServiceName[] => {
  const [, namespace = ""] = type.split("::");
  return NAMESPACES[namespace] ?? [];
};

const NAMESPACES: Readonly<Record<string, readonly ServiceName[]>> = {
  ApiGateway: ["apigateway"],
  ApiGatewayV2: ["apigatewayv2"],
  CloudWatch: ["cloudwatch"],
  CodeBuild: ["codebuild"],
  CodeCommit: ["codecommit"],
  CodeConnections: ["codeconnections"],
  CodeDeploy: ["codedeploy"],
  CodePipeline: ["codepipeline"],
  // A repository on GitHub stands on the Git host here.
  CodeStar: ["git"],
  CodeStarConnections: ["codestar-connections"],
  CodeStarNotifications: ["codestar-notifications"],
  DynamoDB: ["dynamodb"],
  ECR: ["ecr"],
  Events: ["events"],
  IAM: ["iam"],
  KMS: ["kms"],
  Lambda: ["lambda"],
  Logs: ["logs"],
  Pipes: ["pipes"],
  S3: ["s3"],
  SNS: ["sns"],
  SQS: ["sqs"],
  SSM: ["ssm"],
  Scheduler: ["scheduler"],
  SecretsManager: ["secretsmanager"],
  StepFunctions: ["states"],
  XRay: ["xray"],
};
