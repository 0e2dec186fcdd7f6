/**
 * AWS: types whose published schemas say `cloudFormationSystemTags: false`; they get a stack's own tags, and none of
 * CloudFormation's. Roles and users are of them too: IAM keeps theirs apart, to know what a broken creation has made.
 */
const WITHOUT: ReadonlySet<string> = new Set([
  "AWS::ApiGateway::VpcLink",
  "AWS::CodeDeploy::Application",
  "AWS::CodeDeploy::DeploymentGroup",
  "AWS::CodePipeline::Pipeline",
  "AWS::CodePipeline::Webhook",
  "AWS::CodeStarNotifications::NotificationRule",
  "AWS::DynamoDB::Table",
  "AWS::IAM::OIDCProvider",
  "AWS::KMS::Key",
  "AWS::SQS::Queue",
]);

/** The tags by which CloudFormation marks a resource as part of a stack. */
export const systemTags = (
  stack: { readonly stackName: string; readonly stackId: string },
  { type, logicalId }: { readonly type: string; readonly logicalId: string },
): Readonly<Record<string, string>> =>
  WITHOUT.has(type)
    ? {}
    : {
        "aws:cloudformation:stack-name": stack.stackName,
        "aws:cloudformation:logical-id": logicalId,
        "aws:cloudformation:stack-id": stack.stackId,
      };
