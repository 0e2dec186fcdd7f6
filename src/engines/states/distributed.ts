import { known } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { batchesOf } from "./batches.ts";
import { runtimeFailure, StateFailure } from "./failure.ts";
import { effectiveInput, evaluateIn, numberSetting, type Standing, settingOf, shown } from "./flow.ts";
import { itemsOf, processorOf, selectItem } from "./items.ts";
import type { MapInput, MapPlan, Means, Run } from "./model.ts";
import { note, threadOf } from "./scope.ts";
import { fillTemplate } from "./template.ts";
import { objectOf, textOf } from "./values.ts";

/** Whether a Map runs its items as executions of their own. */
export const isDistributed = (state: JsonObject): boolean => textOf(processorConfig(state), "Mode") === "DISTRIBUTED";

/** How a Map says its items are to be run. */
export const processorConfig = (state: JsonObject): JsonObject =>
  objectOf(objectOf(state, processorOf(state)) ?? {}, "ProcessorConfig") ?? {};

/** Runs a distributed Map. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const runMapRun = async (run: Run, id: string, at: Standing, { signal }: Means): Promise<JsonValue> => {
  const mapRuns = run.mapRuns(signal);
  if (threadOf(run, id).mapRun === undefined) await begin(run, id, at, signal);
  await run.ledger.committed();
  const arn = known(threadOf(run, id).mapRun, `the map run of ${id}`);
  try {
    const output = await mapRuns.carry(arn, (items) => inputsOf(at, threadOf(run, id).state, items));
    note(run, id, "MapRunSucceeded");
    const { lastEvent } = threadOf(run, id);
    // AWS: what comes after the Map follows the end of its run.
    run.ledger.append("MapStateSucceeded", lastEvent);
    return output;
  } catch (error) {
    if (signal.aborted || !(error instanceof StateFailure)) throw error;
    const cause = error.reason === undefined ? {} : { cause: error.reason };
    note(run, id, "MapRunFailed", { error: error.error, ...cause });
    throw error;
  }
};

const begin = async (run: Run, id: string, at: Standing, signal: AbortSignal): Promise<void> => {
  const { state, scope } = threadOf(run, id);
  const items = at.state["ItemReader"] === undefined ? await itemsOf(at) : undefined;
  // AWS: the length of what has yet to be read is told as none.
  const length = items?.length ?? 0;
  try {
    const inputs = items && (await inputsOf(at, state, items));
    const plan: MapPlan = {
      ...(await settingsOf(at)),
      scope: [...scope, "States", state, processorOf(at.state)],
      ...(inputs ? { inputs } : {}),
    };
    run.ledger.atomically(() => {
      note(run, id, "MapStateStarted", { length });
      const mapRun = run.mapRuns(signal).open(plan);
      note(run, id, "MapRunStarted", { mapRunArn: mapRun });
      run.ledger.save({ ...threadOf(run, id), mapRun });
    });
  } catch (error) {
    if (error instanceof StateFailure) note(run, id, "MapStateStarted", { length });
    throw error;
  }
};

const settingsOf = async (at: Standing): Promise<Omit<MapPlan, "scope" | "inputs">> => {
  const label = textOf(at.state, "Label");
  const executionType = textOf(processorConfig(at.state), "ExecutionType") === "EXPRESS" ? "EXPRESS" : "STANDARD";
  const tolerance = await toleranceOf(at);
  const [reader, writer] = [await readerOf(at), await resourceOf(at, "ResultWriter")];
  return {
    executionType,
    ...tolerance,
    maxConcurrency: await concurrencyOf(at),
    ...(label === undefined ? {} : { label }),
    ...(reader ? { reader } : {}),
    ...(writer ? { writer } : {}),
  };
};

const concurrencyOf = async (at: Standing): Promise<number> => (await numberSetting(at, "MaxConcurrency")) ?? 0;

const toleranceOf = async (at: Standing) => {
  const toleratedFailureCount = await wholeSetting(at, "ToleratedFailureCount");
  if ((toleratedFailureCount ?? 0) < 0) throw runtimeFailure("ToleratedFailureCount cannot be negative.");
  const toleratedFailurePercentage = await percentage(at);
  return {
    ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
    ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
  };
};

/** The numbers that a Map goes by. */
export const mapSettings = async (at: Standing) => ({
  maxConcurrency: await concurrencyOf(at),
  ...(await toleranceOf(at)),
});

const percentage = async (at: Standing): Promise<number | undefined> => {
  const value = await typedSetting(at, "ToleratedFailurePercentage", "float", (number) => Number.isFinite(number));
  if (value !== undefined && (value < 0 || value > 100))
    throw runtimeFailure("ToleratedFailurePercentage must be between 0 and 100.");
  return value;
};

const wholeSetting = (at: Standing, member: string) =>
  typedSetting(at, member, "integer", (number) => Number.isInteger(number));

const typedSetting = async (
  at: Standing,
  member: string,
  type: string,
  isSound: (number: number) => boolean,
): Promise<number | undefined> => {
  const value = await settingOf(at, member);
  if (value === undefined) return undefined;
  if (typeof value === "number" && isSound(value)) return value;
  const path = textOf(at.state, `${member}Path`);
  const [field, place] = path === undefined ? [member, ""] : [`${member}Path`, `: ${path}`];
  throw runtimeFailure(`The ${field} field refers to value "${shown(value)}" which is not a valid ${type}${place}`);
};

const readerOf = async (at: Standing): Promise<JsonObject | undefined> => {
  const reader = await resourceOf(at, "ItemReader");
  const config = objectOf(objectOf(at.state, "ItemReader") ?? {}, "ReaderConfig");
  if (!reader || !config) return reader;
  const maxItems = await wholeSetting({ ...at, state: config }, "MaxItems");
  const { MaxItemsPath: _path, ...rest } = config;
  return { ...reader, ReaderConfig: { ...rest, ...(maxItems === undefined ? {} : { MaxItems: maxItems }) } };
};

/** ItemReader or ResultWriter, with what its resource is given filled in. */
const resourceOf = async (at: Standing, member: "ItemReader" | "ResultWriter"): Promise<JsonObject | undefined> => {
  const given = objectOf(at.state, member);
  if (!given) return undefined;
  const { Parameters: template, Arguments: expressions, ...rest } = given;
  if (at.isJsonata) return { ...rest, Arguments: await evaluateIn(at, expressions ?? {}, `${member}/Arguments`) };
  const scope = { input: effectiveInput(at), context: at.context, variables: at.variables };
  return { ...rest, Arguments: fillTemplate(template ?? {}, scope, at.chance) };
};

/** What the child executions of some items are given: each selected, and in batches where the Map says so. */
export const inputsOf = async (
  at: Standing,
  state: string,
  items: readonly JsonValue[],
): Promise<readonly MapInput[]> => {
  const selected = await Promise.all(items.map((value, index) => selectItem(at, { index, value, of: state })));
  const batcher = objectOf(at.state, "ItemBatcher");
  if (!batcher) return selected.map((input) => ({ input, items: 1 }));
  const within = { ...at, state: batcher };
  const input = await batchInput(at, batcher["BatchInput"]);
  return batchesOf(selected, {
    maxItems: (await wholeSetting(within, "MaxItemsPerBatch")) ?? 0,
    maxBytes: (await wholeSetting(within, "MaxInputBytesPerBatch")) ?? 0,
    ...(input === undefined ? {} : { input }),
  });
};

const batchInput = async (at: Standing, given: JsonValue | undefined): Promise<JsonValue | undefined> => {
  if (given === undefined) return undefined;
  if (at.isJsonata) return evaluateIn(at, given, "ItemBatcher/BatchInput");
  const scope = { input: effectiveInput(at), context: at.context, variables: at.variables };
  return isJsonObject(given) ? fillTemplate(given, scope, at.chance) : given;
};
