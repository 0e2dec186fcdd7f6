import type { Context } from "../../../kernel/context.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { iamCapability } from "../definition/capabilities.ts";
import { hasTransforms } from "../definition/macros.ts";
import { checkTypeNames } from "../definition/resourceCheck.ts";
import { templateText } from "../definition/templateText.ts";
import { SAM } from "../definition/transformFailed.ts";
import { validationError } from "../errors.ts";
import { findChangeSet, findStack } from "../find.ts";
import type { StackDefinition } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { attributesOf } from "../schema/attributes.ts";
import { identifierNames } from "../schema/identifier.ts";
import { loadSchemas } from "../schema/load.ts";
import { isTypeOfAws } from "../schema/typeNames.ts";
import { findStackSet } from "../stackSets/find.ts";
import { checkTemplate } from "../template/check.ts";
import { dependencies } from "../template/graph.ts";
import { type ParameterDefinition, readParameters } from "../template/parameters/definition.ts";
import { parseTemplate } from "../template/parse.ts";
import { readTemplate } from "../template/read.ts";
import { readTransforms } from "../template/transforms.ts";
import { typeFinder } from "../types.ts";

export const getTemplate =
  (room: Room): Operation<"GetTemplate"> =>
  async (_ctx, input) => {
    const { definition } = templateOwner(room, input);
    if (definition === undefined) {
      // AWS: a stack that only a change set has brought into being has a template without a letter.
      if (input.ChangeSetName === undefined) return { TemplateBody: "", StagesAvailable: [] };
      throw validationError(`Template of ${input.ChangeSetName} is not there yet`);
    }
    const wantsProcessed = input.TemplateStage === "Processed" && definition.isExpanded;
    return {
      // AWS: a template without transforms is given back to the letter; what they made of one comes as JSON.
      TemplateBody: wantsProcessed ? processedText(definition) : definition.templateBody,
      StagesAvailable: ["Original", "Processed"],
    };
  };

/** Transforms that have been run no longer stand in what they made. */
const processedText = ({ processed: { Transform: _run, ...processed } }: StackDefinition): string =>
  JSON.stringify(processed);

const templateOwner = (room: Room, { ChangeSetName, StackName }: Parameters<Operation<"GetTemplate">>[1]) => {
  if (ChangeSetName !== undefined) {
    const isNamed = StackName !== undefined || ChangeSetName.startsWith("arn:");
    if (!isNamed) throw validationError("StackName is a required parameter.");
    return findChangeSet(room, ChangeSetName, StackName);
  }
  if (StackName === undefined) throw validationError("StackName is required if ChangeSetName is not specified.");
  return findStack(room, StackName);
};

export const validateTemplate =
  (room: Room): Operation<"ValidateTemplate"> =>
  async (ctx, input) => {
    const { body, source } = parseTemplate(await templateText(ctx, input, undefined));
    // AWS: what a transform makes is not looked at here, only that the template can be read.
    if (!hasTransforms(body)) {
      const template = readTemplate(body);
      await checkTypeNames(template.resources.values(), source, typeFinder(room));
      checkTemplate(
        template,
        attributesOf(await loadSchemas([...template.resources.values()].map(({ type }) => type))),
      );
      dependencies(template, new Map([...template.conditions.keys()].map((name) => [name, true])));
    }
    const { Description, Capabilities, CapabilitiesReason, DeclaredTransforms } = summaryOf(body);
    return {
      Parameters: [...readParameters(body).values()].map((parameter) => ({
        ParameterKey: parameter.name,
        ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
        NoEcho: parameter.noEcho,
        ...(parameter.description === undefined ? {} : { Description: parameter.description }),
      })),
      ...(Description === undefined ? {} : { Description }),
      ...(Capabilities.length > 0 ? { Capabilities, CapabilitiesReason } : {}),
      ...(DeclaredTransforms.length > 0 ? { DeclaredTransforms } : {}),
    };
  };

export const getTemplateSummary =
  (room: Room): Operation<"GetTemplateSummary"> =>
  async (ctx, input) => {
    const { body, source } = parseTemplate(await summarised(room, ctx, input));
    const { Description, Capabilities, CapabilitiesReason, DeclaredTransforms, types, ids } = summaryOf(body);
    const metadata = body["Metadata"];
    const unknown = await unknownTypes(types);
    const lenient = input.TemplateSummaryConfig?.TreatUnrecognizedResourceTypesAsWarnings ?? false;
    if (unknown.length > 0 && !lenient && DeclaredTransforms.length === 0) {
      const template = readTemplate(body);
      await checkTypeNames(template.resources.values(), source, typeFinder(room));
    }
    return {
      Parameters: [...readParameters(body).values()].map(declarationView),
      ...(Description === undefined ? {} : { Description }),
      ...(Capabilities.length > 0 ? { Capabilities, CapabilitiesReason } : {}),
      ResourceTypes: types,
      ...(typeof body["AWSTemplateFormatVersion"] === "string" ? { Version: body["AWSTemplateFormatVersion"] } : {}),
      ...(metadata === undefined ? {} : { Metadata: JSON.stringify(metadata) }),
      ...(DeclaredTransforms.length > 0 ? { DeclaredTransforms } : {}),
      ResourceIdentifierSummaries: await identifierViews(room, types, ids),
      ...(unknown.length > 0 && lenient ? { Warnings: { UnrecognizedResourceTypes: [...unknown] } } : {}),
    };
  };

const unknownTypes = async (types: readonly string[]): Promise<readonly string[]> => {
  const known = await Promise.all(types.map(async (type) => type.startsWith("AWS::Serverless::") || isTypeOfAws(type)));
  return types.filter((_, index) => !known[index]);
};

/** AWS: only types that can be imported are here, each with what its resources are known by. */
const identifierViews = async (room: Room, types: readonly string[], ids: readonly (readonly [string, string])[]) => {
  const find = typeFinder(room);
  const views = await Promise.all(
    types.map(async (type) => {
      const identifiers = (await find(type))?.read === undefined ? [] : await identifierNames(type);
      return identifiers.length === 0
        ? []
        : [
            {
              ResourceType: type,
              LogicalResourceIds: ids.filter(([, of]) => of === type).map(([id]) => id),
              ResourceIdentifiers: [...identifiers],
            },
          ];
    }),
  );
  return views.flat();
};

const summarised = async (
  room: Room,
  ctx: Context,
  input: Parameters<Operation<"GetTemplateSummary">>[1],
): Promise<string> => {
  if (input.StackSetName !== undefined) return findStackSet(room, input.StackSetName).templateBody;
  if (input.StackName === undefined) return templateText(ctx, input, undefined);
  const { definition } = findStack(room, input.StackName);
  if (definition === undefined)
    throw validationError("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
  return definition.templateBody;
};

const declarationView = ({ name, type, constraints, ...parameter }: ParameterDefinition) => ({
  ParameterKey: name,
  ParameterType: type.name,
  NoEcho: parameter.noEcho,
  ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
  ...(parameter.description === undefined ? {} : { Description: parameter.description }),
  ParameterConstraints:
    constraints.allowedValues === undefined ? {} : { AllowedValues: [...constraints.allowedValues] },
});

/** What a template says of itself. SAM's resources are not IAM's yet, but they will bring roles. */
const summaryOf = (body: JsonObject) => {
  const transforms = readTransforms(body);
  const { Globals: _globals, ...plain } = body;
  // AWS: that section is SAM's, and nothing in a template without it.
  const isToBeTransformed = hasTransforms(body);
  const { resources: read } = readTemplate(isToBeTransformed ? plain : body, { isToBeTransformed });
  const resources = [...read.values()];
  const iam = resources.filter(({ type }) => type.startsWith("AWS::IAM::"));
  const needed = iamCapability(resources);
  const expands = transforms.includes(SAM);
  const reasons = [
    ...(needed
      ? [`The following resource(s) require capabilities: [${[...new Set(iam.map(({ type }) => type))].join(", ")}]`]
      : []),
    ...(expands ? ["The following resource(s) require capabilities: [CAPABILITY_AUTO_EXPAND]"] : []),
  ];
  const description = body["Description"];
  return {
    Description: typeof description === "string" ? description : undefined,
    Capabilities: [...(needed ? [needed] : []), ...(expands ? ["CAPABILITY_AUTO_EXPAND" as const] : [])],
    CapabilitiesReason: reasons.join(" "),
    DeclaredTransforms: [...transforms],
    types: [...new Set(resources.map(({ type }) => type))],
    ids: resources.map(({ logicalId, type }) => [logicalId, type] as const),
  };
};
