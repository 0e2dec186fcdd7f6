import { any, choice, dict, either, flag, list, mapOf, may, must, object, text } from "./shape.ts";

const authorizer = {
  Type: must(choice("AWS_IAM", "API_KEY", "AWS_LAMBDA", "OPENID_CONNECT", "AMAZON_COGNITO_USER_POOLS")),
  LambdaAuthorizer: may(
    object({
      AuthorizerResultTtlInSeconds: may(any),
      AuthorizerUri: must(any),
      IdentityValidationExpression: may(any),
    }),
  ),
  OpenIDConnect: may(object({ AuthTTL: may(any), ClientId: may(any), IatTTL: may(any), Issuer: may(any) })),
  UserPool: may(
    object({ AppIdClientRegex: may(any), AwsRegion: may(any), DefaultAction: may(any), UserPoolId: must(any) }),
  ),
};

const sync = object({
  ConflictDetection: must(any),
  ConflictHandler: may(any),
  LambdaConflictHandlerConfig: may(object({ LambdaConflictHandlerArn: must(any) })),
});

const runtime = object({ Name: must(any), Version: must(any) });

const dynamoDbSource = object({
  TableName: must(any),
  ServiceRoleArn: may(any),
  TableArn: may(any),
  Permissions: may(list(choice("Read", "Write"))),
  Name: may(any),
  Description: may(any),
  Region: may(any),
  DeltaSync: may(object({ BaseTableTTL: must(any), DeltaSyncTableName: must(any), DeltaSyncTableTTL: must(any) })),
  UseCallerCredentials: may(any),
  Versioned: may(any),
});

const lambdaSource = object({
  FunctionArn: must(any),
  ServiceRoleArn: may(any),
  Name: may(any),
  Description: may(any),
});

const functionShape = object({
  DataSource: may(either(dict, text)),
  Runtime: may(runtime),
  InlineCode: may(any),
  CodeUri: may(any),
  Description: may(any),
  MaxBatchSize: may(any),
  Name: may(text),
  Id: may(any),
  Sync: may(sync),
});

const resolver = object({
  FieldName: may(text),
  Caching: may(object({ Ttl: must(any), CachingKeys: may(list(any)) })),
  InlineCode: may(any),
  CodeUri: may(any),
  MaxBatchSize: may(any),
  Pipeline: may(list(text)),
  Runtime: may(runtime),
  Sync: may(sync),
});

/** The properties of AWS::Serverless::GraphQLApi. */
export const GRAPHQL_API = object({
  Auth: must(object({ ...authorizer, Additional: may(list(object(authorizer))) })),
  Tags: may(dict),
  Name: may(any),
  XrayEnabled: may(flag),
  SchemaInline: may(any),
  SchemaUri: may(any),
  Logging: may(
    either(object({ CloudWatchLogsRoleArn: may(any), ExcludeVerboseContent: may(any), FieldLogLevel: may(any) }), flag),
  ),
  DataSources: may(object({ DynamoDb: may(mapOf(dynamoDbSource)), Lambda: may(mapOf(lambdaSource)) })),
  Functions: may(mapOf(functionShape)),
  Resolvers: may(mapOf(mapOf(resolver))),
  ApiKeys: may(mapOf(object({ ApiKeyId: may(any), Description: may(any), ExpiresOn: may(any) }))),
  DomainName: may(object({ CertificateArn: must(any), DomainName: must(any), Description: may(any) })),
  Cache: may(
    object({
      ApiCachingBehavior: must(any),
      Ttl: must(any),
      Type: must(any),
      AtRestEncryptionEnabled: may(any),
      TransitEncryptionEnabled: may(any),
    }),
  ),
  Visibility: may(any),
  OwnerContact: may(any),
  IntrospectionConfig: may(any),
  QueryDepthLimit: may(any),
  ResolverCountLimit: may(any),
});
