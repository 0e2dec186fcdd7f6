import type { CfnResource } from "../cfnResource.ts";
import { InvalidResource } from "../errors.ts";
import { getAtt } from "../intrinsics.ts";
import { Dict, either, isDict, textOf, truthy, type Value } from "../values/value.ts";
import type { GraphQlBuilder } from "./builder.ts";

/** The functions that resolvers are composed of. */
export const functionResources = (builder: GraphQlBuilder, model: Dict): CfnResource[] => {
  const functions = model.get("Functions");
  return (isDict(functions) ? functions.entries() : []).flatMap(([name, value]) => {
    const config = isDict(value) ? value : Dict.plain();
    if (truthy(config.get("Id"))) {
      if (config.size !== 1) {
        throw new InvalidResource(name, "'Id' cannot be defined with other properties in Function.");
      }
      builder.functionIds.set(name, config.get("Id"));
      return [];
    }
    return [functionConfiguration(builder, name, config)];
  });
};

const functionConfiguration = (builder: GraphQlBuilder, name: string, config: Dict): CfnResource => {
  const made = builder.resource("AWS::AppSync::FunctionConfiguration", builder.apiId + name, {
    ApiId: builder.apiIdAttribute,
    Name: either(config.get("Name"), name),
    ...codeOf(name, config),
    DataSourceName: dataSourceName(builder, name, config.get("DataSource")),
    MaxBatchSize: config.get("MaxBatchSize"),
    Description: config.get("Description"),
    Runtime: runtimeOf(name, config),
    SyncConfig: truthy(config.get("Sync")) ? config.get("Sync") : null,
  });
  builder.functionIds.set(name, getAtt(made.logicalId, "FunctionId"));
  return made;
};

const codeOf = (name: string, config: Dict): Record<string, Value> => {
  const [inline, uri] = [truthy(config.get("InlineCode")), truthy(config.get("CodeUri"))];
  refuseBoth(name, config);
  if (inline) return { Code: config.get("InlineCode") };
  if (uri) return { CodeS3Location: config.get("CodeUri") };
  throw new InvalidResource(name, "One of 'InlineCode' or 'CodeUri' must be set.");
};

/** Code is either in the template or elsewhere. */
export const refuseBoth = (name: string, config: Dict): void => {
  if (!truthy(config.get("InlineCode")) || !truthy(config.get("CodeUri"))) return;
  throw new InvalidResource(name, "Both 'InlineCode' and 'CodeUri' cannot be defined at the same time.");
};

export const runtimeOf = (name: string, config: Dict): Dict => {
  const runtime = config.get("Runtime");
  if (!isDict(runtime)) throw new InvalidResource(name, `'Runtime' must be defined as a property in ${name}.`);
  return Dict.plain({ Name: runtime.get("Name"), RuntimeVersion: runtime.get("Version") });
};

const dataSourceName = (builder: GraphQlBuilder, name: string, source: Value): Value => {
  if (!truthy(source)) throw new InvalidResource(name, "'DataSource' must be set.");
  const text = textOf(source);
  if (text === undefined) return source;
  if (text.toLowerCase() === "none") return getAtt(noneSource(builder).logicalId, "Name");
  const known = builder.sourceNames.get(text);
  if (known !== undefined) return known;
  throw new InvalidResource(
    name,
    `Either define DataSource '${text}' in 'DataSources' or use intrinsic function like GetAtt, ImportValue, Sub or another one to reference a DataSource defined outside of this GraphQLApi resource.`,
  );
};

const noneSource = (builder: GraphQlBuilder): CfnResource => {
  const logicalId = `${builder.apiId}NoneDataSource`;
  builder.noneSource ??= builder.resource("AWS::AppSync::DataSource", logicalId, {
    ApiId: builder.apiIdAttribute,
    Name: logicalId,
    Type: "NONE",
  });
  return builder.noneSource;
};
