import {
  APIGatewayClient,
  DeleteMethodCommand,
  UpdateAuthorizerCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { CloudWatchClient, DeleteDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DetachGroupPolicyCommand, IAMClient, RemoveRoleFromInstanceProfileCommand } from "@aws-sdk/client-iam";
import { LambdaClient, PutFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { SFNClient, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { deployed } from "./deployedFixture.ts";

const policy = (action: string, more = "Principal: {AWS: '*'}, Resource: '*'") =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', ${more}}]}`;
const MACHINE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}';

/** What stands beside the main resources of an application. */
const TEMPLATE = `Resources:
  RestApi: {Type: AWS::ApiGateway::RestApi, Properties: {Name: rest}}
  Things: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref RestApi, ParentId: !GetAtt RestApi.RootResourceId, PathPart: things}}
  Model: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref RestApi, Name: Thing, Schema: {type: object}}}
  Validator: {Type: AWS::ApiGateway::RequestValidator, Properties: {RestApiId: !Ref RestApi, Name: v, ValidateRequestBody: true}}
  Answer: {Type: AWS::ApiGateway::GatewayResponse, Properties: {RestApiId: !Ref RestApi, ResponseType: DEFAULT_4XX, ResponseParameters: {gatewayresponse.header.X: "'x'"}}}
  Authorizer: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref RestApi, Name: a, Type: TOKEN, AuthorizerUri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Function.Arn}/invocations', IdentitySource: method.request.header.Auth}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref RestApi
      ResourceId: !Ref Things
      HttpMethod: POST
      AuthorizationType: NONE
      ApiKeyRequired: true
      RequestModels: {application/json: !Ref Model}
      RequestParameters: {method.request.querystring.q: true}
      RequestValidatorId: !Ref Validator
      MethodResponses: [{StatusCode: '200', ResponseModels: {application/json: Empty}}]
      Integration: {Type: MOCK, RequestTemplates: {application/json: '{"statusCode": 200}'}, IntegrationResponses: [{StatusCode: '200'}]}
  Deployment: {Type: AWS::ApiGateway::Deployment, DependsOn: Method, Properties: {RestApiId: !Ref RestApi, Description: first}}
  RestStage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref RestApi, DeploymentId: !Ref Deployment, StageName: prod}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {UsagePlanName: p, ApiStages: [{ApiId: !Ref RestApi, Stage: !Ref RestStage}], Quota: {Limit: 9, Period: DAY}, Throttle: {RateLimit: 3, BurstLimit: 2}}}
  ApiKey: {Type: AWS::ApiGateway::ApiKey, Properties: {Name: k, Enabled: true, Description: d, Value: 12345678901234567890}}
  PlanKey: {Type: AWS::ApiGateway::UsagePlanKey, Properties: {KeyId: !Ref ApiKey, KeyType: API_KEY, UsagePlanId: !Ref Plan}}
  Queue: {Type: AWS::SQS::Queue}
  Other: {Type: AWS::SQS::Queue}
  QueuePolicy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Queue, !Ref Other], PolicyDocument: ${policy("sqs:SendMessage")}}}
  Topic: {Type: AWS::SNS::Topic}
  TopicPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Topic], PolicyDocument: ${policy("sns:Publish", "Principal: {AWS: '*'}, Resource: !Ref Topic")}}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, states.amazonaws.com]}, Action: sts:AssumeRole}]}, Policies: [{PolicyName: p, PolicyDocument: ${policy("*", "Resource: '*'")}}]}}
  Group: {Type: AWS::IAM::Group, Properties: {Path: /people/, ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess], Policies: [{PolicyName: p, PolicyDocument: ${policy("s3:*", "Resource: '*'")}}]}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Provider: {Type: AWS::IAM::OIDCProvider, Properties: {Url: 'https://token.example', ClientIdList: [sts.amazonaws.com], ThumbprintList: [0123456789012345678901234567890123456789]}}
  User: {Type: AWS::IAM::User}
  AccessKey: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref User}}
  Function: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: 'exports.handler = async () => 1'}, Handler: index.handler, Runtime: nodejs22.x, Role: !GetAtt Role.Arn}}
  Retries: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Function, Qualifier: $LATEST, MaximumRetryAttempts: 1, DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}}}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, DefinitionString: '${MACHINE}', TracingConfiguration: {Enabled: true}, Tags: [{Key: a, Value: b}]}}
  Activity: {Type: AWS::StepFunctions::Activity, Properties: {Name: act, Tags: [{Key: a, Value: b}]}}
  Dashboard: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: '{"widgets": []}'}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: one, Namespace: N, MetricName: M, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanThreshold}}
  Both: {Type: AWS::CloudWatch::CompositeAlarm, DependsOn: Alarm, Properties: {AlarmRule: ALARM(one), AlarmDescription: d}}
  Logs: {Type: AWS::Logs::LogGroup}
  Stream: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Logs}}
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: ERROR, MetricTransformations: [{MetricName: e, MetricNamespace: n, MetricValue: '1', DefaultValue: 0}]}}
  Sent: {Type: AWS::Logs::SubscriptionFilter, DependsOn: Permission, Properties: {LogGroupName: !Ref Logs, FilterPattern: '', DestinationArn: !GetAtt Function.Arn}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Function, Action: lambda:InvokeFunction, Principal: logs.amazonaws.com}}
  LogsPolicy: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: lp, PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"*"}]}'}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: mine}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Bus.Arn, EventPattern: {source: [a]}, RetentionDays: 3}}
  Schedules: {Type: AWS::Scheduler::ScheduleGroup, Properties: {Tags: [{Key: a, Value: b}]}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: x}}
  SecretPolicy: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: !Ref Secret, ResourcePolicy: ${policy("secretsmanager:GetSecretValue", "Principal: {AWS: !Ref AWS::AccountId}, Resource: '*'")}}}
`;

it("reads what stands beside an application's main resources, and sees it changed", async () => {
  await using fake = await deployed(TEMPLATE);
  const events = await fake.stacks.events("demo");
  expect(events.filter((event) => event.includes("FAILED"))).toEqual([]);
  const before = await fake.drifts();
  expect(before.filter(({ status }) => status !== "IN_SYNC")).toEqual([]);
  expect(before.map(({ id = "" }) => id).sort()).toEqual(fake.logicalIds.toSorted());

  const { cloud, idOf } = fake;
  const restApiId = idOf("RestApi");
  const gateway = cloud.client(APIGatewayClient);
  await gateway.send(new DeleteMethodCommand({ restApiId, resourceId: idOf("Things"), httpMethod: "POST" }));
  const replace = (path: string, value: string) => ({ patchOperations: [{ op: "replace" as const, path, value }] });
  const authorizerId = idOf("Authorizer");
  await gateway.send(new UpdateAuthorizerCommand({ restApiId, authorizerId, ...replace("/name", "b") }));
  await gateway.send(new UpdateUsagePlanCommand({ usagePlanId: idOf("Plan"), ...replace("/quota/limit", "8") }));
  await cloud
    .client(SQSClient)
    .send(new SetQueueAttributesCommand({ QueueUrl: idOf("Other"), Attributes: { Policy: "" } }));
  const deny = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sns:Publish","Resource":"${idOf("Topic")}"}]}`;
  await cloud
    .client(SNSClient)
    .send(new SetTopicAttributesCommand({ TopicArn: idOf("Topic"), AttributeName: "Policy", AttributeValue: deny }));
  const iam = cloud.client(IAMClient);
  const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  await iam.send(new DetachGroupPolicyCommand({ GroupName: idOf("Group"), PolicyArn }));
  const InstanceProfileName = idOf("Profile");
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: idOf("Role") }));
  const FunctionName = idOf("Function");
  await cloud
    .client(LambdaClient)
    .send(new PutFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "$LATEST", MaximumRetryAttempts: 0 }));
  const definition = MACHINE.replaceAll('"A"', '"B"');
  await cloud.client(SFNClient).send(new UpdateStateMachineCommand({ stateMachineArn: idOf("Machine"), definition }));
  await cloud.client(CloudWatchClient).send(new DeleteDashboardsCommand({ DashboardNames: [idOf("Dashboard")] }));
  await cloud.client(CloudWatchLogsClient).send(
    new PutMetricFilterCommand({
      logGroupName: idOf("Logs"),
      filterName: idOf("Filter"),
      filterPattern: "WARN",
      metricTransformations: [{ metricName: "e", metricNamespace: "n", metricValue: "1", defaultValue: 0 }],
    }),
  );

  const after = (await fake.drifts()).filter(({ status }) => status !== "IN_SYNC");
  expect(
    after.map(({ id, status, differences }) => [id, status, ...differences.map((each) => each.split(" ")[1])]),
  ).toEqual([
    ["Authorizer", "MODIFIED", "/Name"],
    ["Dashboard", "DELETED"],
    ["Filter", "MODIFIED", "/FilterPattern"],
    ["Group", "MODIFIED", "/ManagedPolicyArns/0"],
    ["Machine", "MODIFIED", "/DefinitionString"],
    ["Method", "DELETED"],
    ["Plan", "MODIFIED", "/Quota/Limit"],
    ["Profile", "MODIFIED", "/Roles/0"],
    ["QueuePolicy", "MODIFIED", "/Queues/1"],
    ["Retries", "MODIFIED", "/MaximumRetryAttempts", "/DestinationConfig/OnFailure/Destination"],
    ["TopicPolicy", "MODIFIED", "/PolicyDocument/Statement/0/Effect"],
  ]);
});
