import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { ResourceType } from "../../../kernel/resource.ts";
import type { ParameterRecord, RollbackSettings, StackDefinition, TagRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { stackContext, stackPrincipal } from "../run/principal.ts";
import { attributesOf } from "../schema/attributes.ts";
import { loadSchemas } from "../schema/load.ts";
import { checkTemplate } from "../template/check.ts";
import { TemplateError } from "../template/errors.ts";
import { KNOWN_AFTER_APPLY } from "../template/intrinsics/intrinsic.ts";
import type { Template } from "../template/model.ts";
import { refuseNulls } from "../template/nulls.ts";
import type { GivenParameter } from "../template/parameters/values.ts";
import { type ParsedTemplate, parseTemplate } from "../template/parse.ts";
import type { Surroundings } from "../template/pseudoParameters.ts";
import { readTemplate } from "../template/read.ts";
import { outputNotText } from "../template/readOutputs.ts";
import { noResources } from "../template/resolve.ts";
import { checkRules } from "../template/rules.ts";
import { checkCapabilities } from "./capabilities.ts";
import { type CompiledStack, compile } from "./compile.ts";
import { misplacedSecure, placedReferences, refuseMissingParameters } from "./dynamicCheck.ts";
import { expands, hasTransforms, runMacros } from "./macros.ts";
import { openParameters, takeParameters } from "./parameters.ts";
import { checkTypeNames, refuseOtherTypes, refuseUnbuilt, resourceFaults } from "./resourceCheck.ts";
import { type TemplateSource, templateText } from "./templateText.ts";

/** What a request to make or change a stack brings. */
export interface StackRequest {
  readonly source: TemplateSource;
  readonly parameters: readonly GivenParameter[];
  /** Undefined: those the stack has. The same for the two below. */
  readonly tags: readonly TagRecord[] | undefined;
  readonly notificationArns: readonly string[] | undefined;
  readonly roleArn: string | undefined;
  readonly capabilities: readonly string[];
  /** The types that the template may use; none: all. */
  readonly resourceTypes: readonly string[];
  readonly rollback: RollbackSettings | undefined;
  /** False for change sets, which show what a transform makes before anything is made. */
  readonly mustAcknowledgeExpansion: boolean;
}

/** A definition that can be carried out. */
export interface Prepared {
  readonly definition: StackDefinition;
  readonly compiled: CompiledStack;
  /** The first resource that imports what nobody exports yet. */
  readonly missingExport: { readonly logicalId: string; readonly name: string } | undefined;
}

/** What AWS finds only once it has taken the request: change sets fail with it. */
export class LateRefusal extends Error {
  readonly code: string;
  /** True when a transform refused: stacks then begin, and roll back at once. For the rest they are refused. */
  readonly isOfTransform: boolean;
  constructor(message: string, { code = "ValidationError", isOfTransform = false } = {}) {
    super(message);
    this.name = "LateRefusal";
    this.code = code;
    this.isOfTransform = isOfTransform;
  }
}

/** A request that has passed what AWS looks at while the caller waits. */
export interface Received {
  readonly request: StackRequest;
  readonly previous: StackDefinition | undefined;
  readonly templateBody: string;
  readonly parsed: ParsedTemplate;
  readonly taken: readonly ParameterRecord[];
  /** What transforms make of a template is known only once they have run. */
  readonly isExpanded: boolean;
}

type PrepareAround = Surroundings & { readonly find: (type: string) => Promise<ResourceType | undefined> };

/** Works a request out as far as it can be without touching anything. Throws what AWS refuses at once, and `LateRefusal`. */
export const prepare = async (
  room: Room,
  ctx: Context,
  request: StackRequest,
  previous: StackDefinition | undefined,
  around: PrepareAround,
): Promise<Prepared> => finish(room, ctx, await receive(room, ctx, request, previous), around);

/** The first half of `prepare`: reads the template and takes the parameters. */
export const receive = async (
  room: Room,
  ctx: Context,
  request: StackRequest,
  previous: StackDefinition | undefined,
): Promise<Received> => {
  const templateBody = await templateText(ctx, request.source, previous?.templateBody);
  const parsed = parseTemplate(templateBody);
  refuseNulls(parsed.body);
  const taken = await takeParameters(room, ctx, parsed.body, request.parameters, previous);
  const isExpanded = hasTransforms(parsed.body);
  if (!isExpanded) checkCapabilities(readTemplate(parsed.body).resources.values(), request.capabilities, false);
  else checkCapabilities([], request.capabilities, request.mustAcknowledgeExpansion && expands(parsed.body));
  return { request, previous, templateBody, parsed, taken, isExpanded };
};

/** The second half of `prepare`: runs the transforms and checks what comes of them. */
export const finish = async (
  room: Room,
  ctx: Context,
  { request, previous, templateBody, parsed, taken, isExpanded }: Received,
  around: PrepareAround,
): Promise<Prepared> => {
  const references = openParameters(room, parsed.body, taken, around);
  const functionOf = (macro: string) => room.tables.macros.get(macro)?.functionName;
  const processed = await late(
    () => runMacros(parsed.body, ctx, { ...around, parameters: references, functionOf }),
    true,
  );
  const template = readTemplate(processed);
  if (isExpanded)
    await late(async () => checkCapabilities(template.resources.values(), request.capabilities, false), false);
  refuseOtherTypes(template, request.resourceTypes);
  checkRules(template, { parameters: references, availabilityZones: () => [] });
  await checkResources(template, parsed, around.find);
  const definition: StackDefinition = {
    templateBody,
    processed,
    isExpanded,
    parameters: taken,
    tags: request.tags ?? previous?.tags ?? [],
    capabilities: shownCapabilities(request, previous),
    notificationArns: around.notificationArns,
    roleArn: request.roleArn ?? previous?.roleArn,
    rollback: request.rollback ?? previous?.rollback,
  };
  const missing: string[] = [];
  const strict = compileAround(room, around);
  const exported = (name: string): string => {
    const value = strict.exported(name);
    if (value === undefined) missing.push(name);
    return value ?? KNOWN_AFTER_APPLY;
  };
  const compiled = await compile(definition, { ...strict, exported });
  const missingExport = evaluateAll(compiled, missing);
  refuseUntellable(compiled);
  await checkDynamicReferences(room, ctx, definition, compiled);
  const faults = await resourceFaults([...compiled.resources.values()], parsed.source);
  if (faults.length > 0) throw new LateRefusal(faults.join("\n"));
  return { definition, compiled, missingExport };
};

/** Looks for stored parameters as whoever will make the resources. */
const checkDynamicReferences = async (
  room: Room,
  ctx: Context,
  { roleArn }: StackDefinition,
  compiled: CompiledStack,
): Promise<void> => {
  const placed = placedReferences(compiled);
  if (placed.length === 0) return;
  const principal = await stackPrincipal(room.deps, roleArn, ctx.principal);
  await refuseMissingParameters(stackContext(room.deps, principal), placed, compiled);
  const misplaced = misplacedSecure(placed);
  if (misplaced !== undefined) throw new LateRefusal(misplaced);
};

/** AWS: a stack that is updated by itself keeps showing what it was once allowed; every update is asked for its own. */
const shownCapabilities = (
  { capabilities, mustAcknowledgeExpansion: isDirect }: StackRequest,
  previous: StackDefinition | undefined,
): readonly string[] => (isDirect && capabilities.length === 0 ? (previous?.capabilities ?? []) : capabilities);

/** Evaluates what needs no resources, so that what cannot be found is found now; an export may still come to be. */
const evaluateAll = (compiled: CompiledStack, missing: readonly string[]): Prepared["missingExport"] => {
  let first: Prepared["missingExport"];
  for (const logicalId of compiled.resources.keys()) {
    compiled.properties(logicalId, noResources);
    const [name] = missing;
    if (first === undefined && name !== undefined) first = { logicalId, name };
  }
  return first;
};

/** AWS: an output cannot tell of a resource whose condition does not hold, and what it tells must be a text. */
const refuseUntellable = ({ resources, outputs, resolver }: CompiledStack): void => {
  const absent = new Set<string>();
  const look = (logicalId: string) => {
    if (!resources.has(logicalId)) absent.add(logicalId);
    return undefined;
  };
  const watching = resolver({ reference: look, attribute: look });
  const lists = outputs.filter(({ value }) => typeof watching.value(value) === "object");
  if (absent.size > 0)
    throw new TemplateError(
      `Unresolved resource dependencies [${[...absent].join(", ")}] in the Outputs block of the template`,
      ["Outputs"],
    );
  for (const { name } of lists) throw outputNotText(name);
};

/** What a definition is compiled with in a room. */
export const compileAround = (room: Room, around: Surroundings) => ({
  ...around,
  exported: (name: string) => room.tables.exports.get(name)?.value,
  open: (sealed: string) => room.deps.cipher.open(sealed).toString(),
});

/** Makes what AWS refuses a late refusal; what we have not built, and our own bugs, stay what they are. */
const late = async <T>(work: () => Promise<T>, isOfTransform: boolean): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code !== "ValidationError" && code !== "InsufficientCapabilitiesException") throw error;
    throw new LateRefusal(errorMessage(error), { code, isOfTransform });
  }
};

const checkResources = async (
  template: Template,
  { source }: ParsedTemplate,
  find: (type: string) => Promise<ResourceType | undefined>,
): Promise<void> => {
  await checkTypeNames(template.resources.values(), source, find);
  const schemas = await loadSchemas([...template.resources.values()].map(({ type }) => type));
  // What AWS refuses comes before what is not built.
  checkTemplate(template, attributesOf(schemas));
  await refuseUnbuilt(template.resources.values(), source, find);
};
