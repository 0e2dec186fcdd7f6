interface ServiceLinkedRole {
  readonly name: string;
  /** The policy AWS attaches to it. */
  readonly policy: string;
}

/**
 * The roles that services keep in an account, by service principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const SERVICE_LINKED_ROLES: Readonly<Record<string, ServiceLinkedRole>> = {
  "lambda.amazonaws.com": { name: "AWSServiceRoleForLambda", policy: "AWSLambdaServiceRolePolicy" },
  "ops.apigateway.amazonaws.com": { name: "AWSServiceRoleForAPIGateway", policy: "APIGatewayServiceRolePolicy" },
  "events.amazonaws.com": { name: "AWSServiceRoleForCloudWatchEvents", policy: "CloudWatchEventsServiceRolePolicy" },
  "dynamodb.application-autoscaling.amazonaws.com": {
    name: "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
    policy: "AWSApplicationAutoscalingDynamoDBTablePolicy",
  },
  "lambda.application-autoscaling.amazonaws.com": {
    name: "AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency",
    policy: "AWSApplicationAutoscalingLambdaConcurrencyPolicy",
  },
  "replication.dynamodb.amazonaws.com": {
    name: "AWSServiceRoleForDynamoDBReplication",
    policy: "DynamoDBReplicationServiceRolePolicy",
  },
};
