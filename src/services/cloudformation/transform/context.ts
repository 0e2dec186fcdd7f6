import type { SharedUsagePlan } from "./apis/sharedUsagePlan.ts";
import type { CfnResource } from "./cfnResource.ts";
import type { DeploymentPreferences } from "./deployments/preferences.ts";
import type { Properties } from "./properties.ts";
import { Dict, isDict, type Value } from "./values/value.ts";

/** What the transforms of all resources share while one template is transformed. */
export interface Context {
  readonly region: string;
  readonly partition: string;
  /** Values of parameters, defaults and pseudo parameters included. */
  readonly parameters: Dict;
  readonly mappings: Dict;
  /** The template being read. Events edit the APIs and buckets in it before those are transformed themselves. */
  readonly source: Dict;
  /** The template being written. */
  readonly output: Dict;
  readonly managedPolicy: (name: string) => string | undefined;
  /** The address of an application's template in the Serverless Application Repository. */
  readonly application: (applicationId: string, semanticVersion: string) => string | undefined;
  /** Applications that were not found, and the logical id of the resource that asked first. */
  readonly missingApplications: Map<string, string>;
  readonly deployments: DeploymentPreferences;
  readonly sharedUsagePlan: SharedUsagePlan;
  /** Record set groups by logical id: APIs whose domains lie in one hosted zone share one. */
  readonly recordSetGroups: Map<string, CfnResource>;
  /** Names of the functions behind an API, by its logical id; part of what its deployment id is made from. */
  readonly functionNames: Map<string, string>;
  readonly nowMs: () => number;
}

/** A `AWS::Serverless::*` resource of the template. */
export interface SamResource {
  /** Changes for layers, whose logical id carries a hash. */
  logicalId: string;
  readonly type: string;
  readonly properties: Dict;
  readonly dependsOn: Value;
  readonly attributes: Dict;
}

/** How one `AWS::Serverless::*` type is transformed. */
export interface SamType {
  readonly properties: Properties;
  /** Whether properties that the type does not have are passed over, and not refused. */
  readonly lenient?: boolean;
  readonly transform: (resource: SamResource, context: Context) => CfnResource[];
  /** Properties that `!Ref Resource.Property` reaches, and the type of the generated resource each stands for. */
  readonly referable?: Readonly<Record<string, string>>;
}

/** A section of a template, or an empty map. */
export const section = (template: Dict, name: string): Dict => {
  const value = template.get(name);
  return isDict(value) ? value : Dict.plain();
};

/** The conditions of the template being written; made where there are none. */
export const outputConditions = (context: Context): Dict => {
  const conditions = context.output.get("Conditions");
  if (isDict(conditions)) return conditions;
  const made = Dict.plain();
  context.output.set("Conditions", made);
  return made;
};

/** A condition's name, where a resource has one. */
export const conditionOf = (attributes: Dict): Value => attributes.get("Condition");
