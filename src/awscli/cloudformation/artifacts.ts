/** A property that may name a local file, and what it becomes once the file is in S3. */
export interface ArtifactProperty {
  readonly type: string;
  /** Its path within the properties. */
  readonly property: string;
  readonly becomes:
    | "uri"
    | "templateUrl"
    | { readonly bucket: string; readonly key: string; readonly version?: string };
  /** Code is always an archive, also when it is one file. */
  readonly zipped?: boolean;
  /** AWS: without it, the folder of the template is what is meant. */
  readonly required?: boolean;
  /** Another property with which there is nothing to package. */
  readonly unless?: string;
}

/** https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html */
export const ARTIFACT_PROPERTIES: readonly ArtifactProperty[] = [
  {
    type: "AWS::Serverless::Function",
    property: "CodeUri",
    becomes: "uri",
    zipped: true,
    required: true,
    unless: "InlineCode",
  },
  { type: "AWS::Serverless::LayerVersion", property: "ContentUri", becomes: "uri", zipped: true, required: true },
  { type: "AWS::Serverless::Api", property: "DefinitionUri", becomes: "uri" },
  { type: "AWS::Serverless::HttpApi", property: "DefinitionUri", becomes: "uri" },
  { type: "AWS::Serverless::StateMachine", property: "DefinitionUri", becomes: "uri" },
  { type: "AWS::Serverless::GraphQLApi", property: "SchemaUri", becomes: "uri" },
  { type: "AWS::Serverless::Application", property: "Location", becomes: "templateUrl" },
  { type: "AWS::CloudFormation::Stack", property: "TemplateURL", becomes: "templateUrl" },
  {
    type: "AWS::Lambda::Function",
    property: "Code",
    becomes: { bucket: "S3Bucket", key: "S3Key" },
    zipped: true,
    required: true,
  },
  {
    type: "AWS::Lambda::LayerVersion",
    property: "Content",
    becomes: { bucket: "S3Bucket", key: "S3Key" },
    zipped: true,
    required: true,
  },
  { type: "AWS::ApiGateway::RestApi", property: "BodyS3Location", becomes: { bucket: "Bucket", key: "Key" } },
  { type: "AWS::ApiGatewayV2::Api", property: "BodyS3Location", becomes: { bucket: "Bucket", key: "Key" } },
  {
    type: "AWS::StepFunctions::StateMachine",
    property: "DefinitionS3Location",
    becomes: { bucket: "Bucket", key: "Key" },
  },
  { type: "AWS::AppSync::GraphQLSchema", property: "DefinitionS3Location", becomes: "uri" },
  { type: "AWS::AppSync::Resolver", property: "RequestMappingTemplateS3Location", becomes: "uri" },
  { type: "AWS::AppSync::Resolver", property: "ResponseMappingTemplateS3Location", becomes: "uri" },
  { type: "AWS::AppSync::Resolver", property: "CodeS3Location", becomes: "uri" },
  { type: "AWS::AppSync::FunctionConfiguration", property: "RequestMappingTemplateS3Location", becomes: "uri" },
  { type: "AWS::AppSync::FunctionConfiguration", property: "ResponseMappingTemplateS3Location", becomes: "uri" },
  { type: "AWS::AppSync::FunctionConfiguration", property: "CodeS3Location", becomes: "uri" },
  { type: "AWS::CodeCommit::Repository", property: "Code.S3", becomes: { bucket: "Bucket", key: "Key" }, zipped: true },
  {
    type: "AWS::ElasticBeanstalk::ApplicationVersion",
    property: "SourceBundle",
    becomes: { bucket: "S3Bucket", key: "S3Key" },
  },
  { type: "AWS::Glue::Job", property: "Command.ScriptLocation", becomes: "uri" },
];
