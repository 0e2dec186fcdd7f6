import { accountArn } from "../arns.ts";
import type { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { getAtt, ref, sub } from "../intrinsics.ts";
import { assumedBy } from "../policies/documents.ts";
import { connector } from "../types/connector.ts";
import { Dict, either, isDict, literal, truthy, type Value } from "../values/value.ts";
import type { GraphQlBuilder } from "./builder.ts";

/** The tables and functions that an API reads from, with the roles to reach them. */
export const dataSourceResources = (builder: GraphQlBuilder, model: Dict, context: Context): CfnResource[] => {
  const sources = model.get("DataSources");
  if (!isDict(sources)) return [];
  return [
    ...entries(sources.get("DynamoDb")).flatMap(([name, source]) => tableSource(builder, name, source, context)),
    ...entries(sources.get("Lambda")).flatMap(([name, source]) => functionSource(builder, name, source, context)),
  ];
};

const entries = (value: Value): [string, Dict][] =>
  isDict(value)
    ? value.entries().flatMap(([name, entry]): [string, Dict][] => (isDict(entry) ? [[name, entry]] : []))
    : [];

const dataSource = (
  builder: GraphQlBuilder,
  name: string,
  source: Dict,
  kind: { readonly suffix: string; readonly type: string },
): CfnResource => {
  const made = builder.resource("AWS::AppSync::DataSource", `${builder.apiId}${name}${kind.suffix}DataSource`, {
    Name: either(source.get("Name"), name),
    Type: kind.type,
    ApiId: builder.apiIdAttribute,
    Description: source.get("Description"),
  });
  builder.sourceNames.set(name, getAtt(made.logicalId, "Name"));
  return made;
};

const tableSource = (builder: GraphQlBuilder, name: string, source: Dict, context: Context): CfnResource[] => {
  const made = dataSource(builder, name, source, { suffix: "DynamoDB", type: "AMAZON_DYNAMODB" });
  made.set("DynamoDBConfig", tableConfig(source));
  const table = either(source.get("TableArn"), tableArn(source));
  const permissions = either(source.get("Permissions"), ["Read", "Write"]);
  const destination = Dict.plain({ Type: "AWS::DynamoDB::Table", Arn: table });
  const access = { connectorId: `${made.logicalId}ToTableConnector`, destination, permissions };
  return [made, ...roleResources(builder, made, source, access, context)];
};

const tableConfig = (source: Dict): Dict => {
  const config = Dict.plain({
    AwsRegion: either(source.get("Region"), ref(literal("AWS::Region"))),
    TableName: source.get("TableName"),
  });
  for (const name of ["UseCallerCredentials", "Versioned"]) {
    if (truthy(source.get(name))) config.put(name, source.get(name));
  }
  if (truthy(source.get("DeltaSync"))) config.put("DeltaSyncConfig", source.get("DeltaSync"));
  return config;
};

const tableArn = (source: Dict): Dict =>
  sub(
    accountArn("${AWS::Partition}", "dynamodb", "table/${__TableName__}").replace("${AWS::Region}", "${__Region__}"),
    Dict.plain({
      __TableName__: source.get("TableName"),
      __Region__: either(source.get("Region"), ref(literal("AWS::Region"))),
    }),
  );

const functionSource = (builder: GraphQlBuilder, name: string, source: Dict, context: Context): CfnResource[] => {
  const made = dataSource(builder, name, source, { suffix: "Lambda", type: "AWS_LAMBDA" });
  const arn = source.get("FunctionArn");
  made.set("LambdaConfig", Dict.plain({ LambdaFunctionArn: arn }));
  const destination = Dict.plain({ Type: "AWS::Lambda::Function", Arn: arn });
  const access = { connectorId: `${made.logicalId}ToLambdaConnector`, destination, permissions: ["Write"] };
  return [made, ...roleResources(builder, made, source, access, context)];
};

interface Access {
  readonly connectorId: string;
  readonly destination: Dict;
  readonly permissions: Value;
}

/** The author's role, or one made here with a connector to what it reaches. */
const roleResources = (
  builder: GraphQlBuilder,
  made: CfnResource,
  source: Dict,
  access: Access,
  context: Context,
): CfnResource[] => {
  const given = source.get("ServiceRoleArn");
  if (truthy(given)) {
    made.set("ServiceRoleArn", given);
    return [];
  }
  const role = builder.resource("AWS::IAM::Role", `${made.logicalId}Role`, {
    AssumeRolePolicyDocument: assumedBy("appsync.amazonaws.com"),
  });
  made.set("ServiceRoleArn", getAtt(role.logicalId, "Arn"));
  const connectorSource = Dict.plain({
    Type: "AWS::AppSync::DataSource",
    Arn: getAtt(made.logicalId, "DataSourceArn"),
    RoleName: ref(role.logicalId),
  });
  const connected = connector.transform(
    {
      logicalId: access.connectorId,
      type: "AWS::Serverless::Connector",
      properties: Dict.plain({
        Source: connectorSource,
        Destination: access.destination,
        Permissions: access.permissions,
      }),
      dependsOn: null,
      attributes: Dict.plain(),
    },
    context,
  );
  return [role, ...connected];
};
