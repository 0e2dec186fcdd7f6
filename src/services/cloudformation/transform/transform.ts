import { systemClock } from "../../../kernel/clock.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { SharedUsagePlan } from "./apis/sharedUsagePlan.ts";
import { partitionOfRegion } from "./arns.ts";
import { liftEmbeddedConnectors } from "./connectors/embedded.ts";
import type { Context } from "./context.ts";
import { section } from "./context.ts";
import { DeploymentPreferences } from "./deployments/preferences.ts";
import { InvalidDocument, InvalidSamTemplate, type SamError } from "./errors.ts";
import { mergeGlobals } from "./globals.ts";
import { adoptHashOrder } from "./hashOrder.ts";
import { addDefaultDefinitions } from "./implicit/defaultDefinition.ts";
import { addImplicitApi } from "./implicit/implicitApis.ts";
import { implicitHttpApi } from "./implicit/implicitHttpApi.ts";
import { implicitRestApi } from "./implicit/implicitRestApi.ts";
import type { SamOptions } from "./options.ts";
import { parameterValues } from "./parameters.ts";
import { knownManagedPolicy } from "./policies/managedPolicies.ts";
import { References, renameDependsOn, resolveReferences, resolveRenamed } from "./references.ts";
import { transformResources } from "./resources.ts";
import { checkStructure, requireMappings } from "./structure.ts";
import { dictFromJson, toJsonObject } from "./values/convert.ts";
import type { Dict } from "./values/value.ts";

/**
 * Transforms a SAM template into a CloudFormation template, as `AWS::Serverless-2016-10-31` does.
 * Throws InvalidSamTemplate with the service's whole message.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export const transformSam = (template: JsonObject, options: SamOptions): JsonObject =>
  toJsonObject(transformDict(dictFromJson(template), options));

/** As `transformSam`, for a template already read; the template is used up. */
export const transformDict = (source: Dict, options: SamOptions): Dict => {
  try {
    return transformed(source, options);
  } catch (error) {
    if (error instanceof InvalidDocument) throw new InvalidSamTemplate(error.causes);
    throw error;
  }
};

const transformed = (source: Dict, options: SamOptions): Dict => {
  checkStructure(source);
  const inHashOrder = adoptHashOrder(source);
  const partition = options.partition ?? partitionOfRegion(options.region);
  const parameters = parameterValues(source, options, partition, inHashOrder);
  addDefaultDefinitions(source);
  addImplicitApi(source, implicitRestApi);
  addImplicitApi(source, implicitHttpApi);
  mergeGlobals(source);
  const problems: SamError[] = liftEmbeddedConnectors(source);
  const output = source.deepCopy();
  const context: Context = {
    region: options.region,
    partition,
    parameters,
    mappings: requireMappings(output),
    source,
    output,
    managedPolicy: (name) => policyArn(name, options, partition),
    application: options.application ?? (() => undefined),
    missingApplications: new Map(),
    deployments: new DeploymentPreferences(),
    sharedUsagePlan: new SharedUsagePlan(),
    recordSetGroups: new Map(),
    functionNames: new Map(),
    nowMs: options.nowMs ?? systemClock().now,
  };
  const references = new References();
  const renamed = new Map<string, string>();
  problems.push(...transformResources(context, references, renamed));
  problems.push(...context.deployments.writeInto(output, section(output, "Resources"), partition));
  output.delete("Transform");
  if (problems.length > 0) throw new InvalidDocument(problems);
  renameDependsOn(output, renamed);
  resolveRenamed(output, renamed);
  resolveReferences(output, references);
  return output;
};

/** The caller's policies first, then AWS's own by name; an ARN stands for itself. */
const policyArn = (name: string, options: SamOptions, partition: string): string | undefined =>
  options.managedPolicies?.[name] ?? knownManagedPolicy(name, partition);
