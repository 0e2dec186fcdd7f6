import type { CfnResource } from "../cfnResource.ts";
import { InvalidResource } from "../errors.ts";
import { Dict, either, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";
import type { GraphQlBuilder } from "./builder.ts";
import { refuseBoth, runtimeOf } from "./functions.ts";

/** The code of resolvers that bring none: hand on what the last function answered. */
const PASS_THROUGH = `
export function request(ctx) {
    return {};
}

export function response(ctx) {
    return ctx.prev.result;
}
`;

/** The resolvers of an API's fields, each a pipeline of functions. */
export const resolverResources = (builder: GraphQlBuilder, model: Dict): CfnResource[] => {
  const types = model.get("Resolvers");
  return (isDict(types) ? types.entries() : []).flatMap(([typeName, fields]) =>
    (isDict(fields) ? fields.entries() : []).map(([name, value]) =>
      resolver(builder, typeName, name, isDict(value) ? value : Dict.plain()),
    ),
  );
};

const resolver = (builder: GraphQlBuilder, typeName: string, name: string, config: Dict): CfnResource => {
  refuseBoth(name, config);
  const hasCode = truthy(config.get("InlineCode")) || truthy(config.get("CodeUri"));
  const runtime = hasCode
    ? runtimeOf(name, config)
    : Dict.plain({ Name: literal("APPSYNC_JS"), RuntimeVersion: literal("1.0.0") });
  const pipeline = config.get("Pipeline");
  if (!Array.isArray(pipeline) || pipeline.length === 0) {
    throw new InvalidResource(
      name,
      `Resolver '${name}' must have Pipeline defined. Unit resolvers are not supported. If you need a Unit resolver you can use AppSync resource.`,
    );
  }
  const made = builder.resource("AWS::AppSync::Resolver", builder.apiId + typeName + name, {
    Code: hasCode ? config.get("InlineCode") : literal(PASS_THROUGH),
    CodeS3Location: config.get("CodeUri"),
    Runtime: runtime,
    ApiId: builder.apiIdAttribute,
    FieldName: either(config.get("FieldName"), name),
    TypeName: typeName,
    Kind: "PIPELINE",
    PipelineConfig: Dict.plain({ Functions: pipeline.map((entry) => functionId(builder, name, entry)) }),
    CachingConfig: truthy(config.get("Caching")) ? config.get("Caching") : null,
    MaxBatchSize: truthy(config.get("MaxBatchSize")) ? config.get("MaxBatchSize") : null,
  });
  made.dependsOn = [builder.schemaId];
  return made;
};

const functionId = (builder: GraphQlBuilder, name: string, entry: Value): Value => {
  const known = builder.functionIds.get(textOf(entry) ?? "");
  if (known !== undefined) return known;
  throw new InvalidResource(name, `Function '${textOf(entry) ?? ""}' does not exist.`);
};
