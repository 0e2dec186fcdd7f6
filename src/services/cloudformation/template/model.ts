import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { ParameterDefinition } from "./parameters/definition.ts";

/** A template whose structure is sound; functions stand in it unevaluated. */
export interface Template {
  readonly description: string | undefined;
  readonly metadata: JsonObject;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly rules: ReadonlyMap<string, RuleDefinition>;
  readonly mappings: ReadonlyMap<string, Mapping>;
  readonly conditions: ReadonlyMap<string, JsonValue>;
  /** Names of the transforms the template declares, in its order. */
  readonly transforms: readonly string[];
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: ReadonlyMap<string, OutputDefinition>;
}

/** First key, second key, value. */
export type Mapping = ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;

/** One member of `Resources`. */
export interface ResourceDefinition {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition: string | undefined;
  readonly dependsOn: readonly string[];
  /** A string, or with AWS::LanguageExtensions a function that gives one. */
  readonly deletionPolicy: JsonValue | undefined;
  readonly updateReplacePolicy: JsonValue | undefined;
  readonly creationPolicy: JsonObject | undefined;
  readonly updatePolicy: JsonObject | undefined;
  readonly metadata: JsonObject | undefined;
}

/** One member of `Outputs`. */
export interface OutputDefinition {
  readonly name: string;
  readonly value: JsonValue;
  readonly description: string | undefined;
  readonly exportName: JsonValue | undefined;
  readonly condition: string | undefined;
}

/** One member of `Rules`. */
export interface RuleDefinition {
  readonly condition: JsonValue | undefined;
  readonly assertions: readonly { readonly assert: JsonValue; readonly description: string | undefined }[];
}
