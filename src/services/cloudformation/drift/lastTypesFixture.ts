const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/one";

/** What few templates have. */
export const TEMPLATE = `Resources:
  Sockets: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: s, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Model: {Type: AWS::ApiGatewayV2::Model, Properties: {ApiId: !Ref Sockets, Name: Thing, ContentType: application/json, Schema: {type: object}}}
  Integration: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Sockets, IntegrationType: MOCK}}
  Answer: {Type: AWS::ApiGatewayV2::IntegrationResponse, Properties: {ApiId: !Ref Sockets, IntegrationId: !Ref Integration, IntegrationResponseKey: $default}}
  Route: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Sockets, RouteKey: $default, Target: !Sub 'integrations/\${Integration}'}}
  Response: {Type: AWS::ApiGatewayV2::RouteResponse, Properties: {ApiId: !Ref Sockets, RouteId: !Ref Route, RouteResponseKey: $default}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, DependsOn: Route, Properties: {ApiId: !Ref Sockets, StageName: live, AutoDeploy: true}}
  Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: api.shop.example, DomainNameConfigurations: [{CertificateArn: '${CERTIFICATE}', EndpointType: REGIONAL, SecurityPolicy: TLS_1_2}], Tags: {a: b}}}
  Mapping: {Type: AWS::ApiGatewayV2::ApiMapping, DependsOn: Stage, Properties: {ApiId: !Ref Sockets, DomainName: !Ref Domain, Stage: live, ApiMappingKey: v1}}
  Rest: {Type: AWS::ApiGateway::RestApi, Properties: {Name: rest}}
  Method: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Rest, ResourceId: !GetAtt Rest.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: MOCK}}}
  Deployment: {Type: AWS::ApiGateway::Deployment, DependsOn: Method, Properties: {RestApiId: !Ref Rest}}
  RestStage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Rest, DeploymentId: !Ref Deployment, StageName: prod, ClientCertificateId: !Ref Certificate}}
  RestDomain: {Type: AWS::ApiGateway::DomainName, Properties: {DomainName: rest.shop.example, RegionalCertificateArn: '${CERTIFICATE}', EndpointConfiguration: {Types: [REGIONAL]}, Tags: [{Key: a, Value: b}]}}
  Path: {Type: AWS::ApiGateway::BasePathMapping, Properties: {DomainName: !Ref RestDomain, BasePath: v1, RestApiId: !Ref Rest, Stage: !Ref RestStage}}
  Root: {Type: AWS::ApiGateway::BasePathMapping, Properties: {DomainName: !Ref RestDomain, RestApiId: !Ref Rest, Stage: !Ref RestStage}}
  Part: {Type: AWS::ApiGateway::DocumentationPart, Properties: {RestApiId: !Ref Rest, Location: {Type: METHOD, Path: /, Method: GET}, Properties: '{"description":"d"}'}}
  Documented: {Type: AWS::ApiGateway::DocumentationVersion, DependsOn: Part, Properties: {RestApiId: !Ref Rest, DocumentationVersion: '1', Description: d}}
  Link: {Type: AWS::ApiGateway::VpcLink, Properties: {Name: l, Description: d, TargetArns: ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/one/1'], Tags: [{Key: a, Value: b}]}}
  HttpLink: {Type: AWS::ApiGatewayV2::VpcLink, Properties: {Name: l, SubnetIds: [subnet-1], SecurityGroupIds: [sg-1], Tags: {a: b}}}
  Certificate: {Type: AWS::ApiGateway::ClientCertificate, Properties: {Description: d, Tags: [{Key: a, Value: b}]}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Statement: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: one, Statement: {Effect: Allow, Principal: '*', Action: events:PutEvents, Resource: !GetAtt Bus.Arn}}}
  Permission: {Type: AWS::Events::EventBusPolicy, DependsOn: Statement, Properties: {EventBusName: !Ref Bus, StatementId: two, Action: events:PutEvents, Principal: '123456789012'}}
  Partner: {Type: AWS::Events::Connection, Properties: {AuthorizationType: API_KEY, Description: d, AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: k, ApiKeyValue: v}}}}
  Orders: {Type: AWS::Events::ApiDestination, Properties: {ConnectionArn: !GetAtt Partner.Arn, HttpMethod: POST, InvocationEndpoint: 'https://partner.example/orders', InvocationRateLimitPerSecond: 7}}
  User: {Type: AWS::IAM::User}
  Other: {Type: AWS::IAM::User}
  Group: {Type: AWS::IAM::Group}
  Members: {Type: AWS::IAM::UserToGroupAddition, Properties: {GroupName: !Ref Group, Users: [!Ref User, !Ref Other]}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, states.amazonaws.com, codebuild.amazonaws.com]}, Action: sts:AssumeRole}]}}}
  Signing: {Type: AWS::Lambda::CodeSigningConfig, Properties: {AllowedPublishers: {SigningProfileVersionArns: ['arn:aws:signer:us-east-1:123456789012:/signing-profiles/one/1234567890']}, CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}, Description: d, Tags: [{Key: a, Value: b}]}}
  Warning: {Type: AWS::Lambda::CodeSigningConfig, Properties: {AllowedPublishers: {SigningProfileVersionArns: ['arn:aws:signer:us-east-1:123456789012:/signing-profiles/one/1234567890']}}}
  Signed: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: 'exports.handler = async () => 1'}, Handler: index.handler, Runtime: nodejs22.x, Role: !GetAtt Role.Arn, CodeSigningConfigArn: !Ref Warning}}
  Live: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref Signed, FunctionVersion: $LATEST}}
  Open: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref Live, AuthType: NONE}}
  Traces: {Type: AWS::XRay::ResourcePolicy, Properties: {PolicyName: traces, PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"xray:PutTraceSegments","Resource":"*"}]}'}}
  Policy: {Type: AWS::Lambda::ResourcePolicy, Properties: {ResourceArn: !GetAtt Signed.Arn, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: lambda:InvokeFunction, Resource: !GetAtt Signed.Arn}]}}}
  Action: {Type: AWS::CodePipeline::CustomActionType, Properties: {Category: Build, Provider: Ours, Version: '1', InputArtifactDetails: {MinimumCount: 0, MaximumCount: 1}, OutputArtifactDetails: {MinimumCount: 0, MaximumCount: 1}, Settings: {EntityUrlTemplate: 'https://build.example/{Config:Job}'}, ConfigurationProperties: [{Name: Job, Required: true, Key: true, Secret: false, Queryable: false, Description: d, Type: String}], Tags: [{Key: a, Value: b}]}}
  Device: {Type: AWS::IAM::VirtualMFADevice, Properties: {VirtualMfaDeviceName: phone, Path: /ours/, Users: [!Ref User], Tags: [{Key: a, Value: b}]}}
  Quick: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: q, ProtocolType: HTTP, Target: 'https://shop.example/'}}
  Overrides: {Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides, Properties: {ApiId: !Ref Quick, Integration: {TimeoutInMillis: 5000}, Route: {AuthorizationType: AWS_IAM}, Stage: {Description: d, StageVariables: {a: b}}}}
  Query: {Type: AWS::Logs::QueryDefinition, Properties: {Name: errors, QueryString: fields @message, LogGroupNames: [/app]}}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}'}}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine, Description: first}}
  Alias: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, Description: now, RoutingConfiguration: [{StateMachineVersionArn: !Ref Version, Weight: 100}]}}
  Topic: {Type: AWS::SNS::Topic}
  Repository: {Type: AWS::CodeBuild::Project, Properties: {Name: project, ServiceRole: !GetAtt Role.Arn, Artifacts: {Type: NO_ARTIFACTS}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: aws/codebuild/standard:7.0}, Source: {Type: NO_SOURCE, BuildSpec: 'version: 0.2'}}}
  PipeRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: pipes.amazonaws.com}, Action: sts:AssumeRole}]}, Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}}]}}
  In: {Type: AWS::SQS::Queue}
  Out: {Type: AWS::SQS::Queue}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Description: d, DesiredState: STOPPED, RoleArn: !GetAtt PipeRole.Arn, Source: !GetAtt In.Arn, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"body":["x"]}'}]}, SqsQueueParameters: {BatchSize: 5}}, Target: !GetAtt Out.Arn, TargetParameters: {InputTemplate: <$.body>}, Tags: {a: b}}}
  Notices: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {Name: n, DetailType: FULL, Resource: !GetAtt Repository.Arn, EventTypeIds: [codebuild-project-build-state-failed], Targets: [{TargetType: SNS, TargetAddress: !Ref Topic}], Tags: {a: b}}}
`;
