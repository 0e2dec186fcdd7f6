const policy = (action: string, more = "Principal: {AWS: '*'}, Resource: '*'") =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', ${more}}]}`;
/** A state machine that does nothing. */
export const MACHINE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}';

/** What stands beside the main resources of an application. */
export const TEMPLATE = `Resources:
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
