import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { inputsOf, mapSettings } from "./distributed.ts";
import { StateFailure } from "./failure.ts";
import { argumentsOf, effectiveInput, placed, type Standing, selectedResult } from "./flow.ts";
import { itemsOf, selectItem } from "./items.ts";
import { textOf } from "./values.ts";

/** What a state's data were on the way. https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html */
export const inspect = async (
  at: Standing,
  result: JsonValue | undefined,
  readerItems?: readonly JsonValue[],
): Promise<JsonObject> => {
  const type = textOf(at.state, "Type") ?? "";
  const steps: [string, JsonValue][] = [["input", at.input]];
  const add = (name: string, value: JsonValue | undefined) => {
    if (value !== undefined) steps.push([name, value]);
  };
  try {
    if (type === "Map") for (const [name, value] of await mapSteps(at, readerItems)) add(name, value);
    else await inputSteps(at, type, add);
    resultSteps(at, type, result ?? (await passed(at, type)), add);
  } catch (error) {
    // What could not be computed is why the state failed: what came before it is told.
    if (!(error instanceof StateFailure)) throw error;
  }
  return Object.fromEntries(steps);
};

type Add = (name: string, value: JsonValue | undefined) => void;

const inputSteps = async (at: Standing, type: string, add: Add): Promise<void> => {
  if (at.isJsonata) {
    if (type === "Task") add("afterArguments", at.state["Arguments"] === undefined ? undefined : await argumentsOf(at));
    return;
  }
  const isSet = type === "Pass" && at.state["Result"] !== undefined;
  // AWS: nothing is told of an input that is not used, and of what branches are given.
  if (isSet || type === "Parallel") return;
  add("afterInputPath", effectiveInput(at));
  if (type === "Task" || type === "Pass") add("afterParameters", await argumentsOf(at));
};

/** What a Pass state makes its result of. */
const passed = async (at: Standing, type: string): Promise<JsonValue | undefined> =>
  at.isJsonata || type !== "Pass" ? undefined : (at.state["Result"] ?? argumentsOf(at));

const resultSteps = (at: Standing, type: string, result: JsonValue | undefined, add: Add): void => {
  if (result === undefined) return;
  const isTold = type === "Task" || (type === "Pass" && at.state["Result"] !== undefined);
  add("result", isTold ? result : undefined);
  if (at.isJsonata) return;
  const selected = selectedResult(at, result);
  add("afterResultSelector", selected);
  add("afterResultPath", placed(at, at.state, selected));
};

const mapSteps = async (
  at: Standing,
  readerItems: readonly JsonValue[] | undefined,
): Promise<readonly (readonly [string, JsonValue | undefined])[]> => {
  const steps: (readonly [string, JsonValue | undefined])[] = [];
  if (!at.isJsonata) steps.push(["afterInputPath", effectiveInput(at)]);
  try {
    const items = readerItems ?? (at.state["ItemReader"] === undefined ? await itemsOf(at) : []);
    const name = "StateName";
    if (!at.isJsonata && at.state["ItemReader"] === undefined) steps.push(["afterItemsPath", [...items]]);
    if (at.state["ItemSelector"] !== undefined) {
      const selected = await Promise.all(items.map((value, index) => selectItem(at, { index, value, of: name })));
      steps.push(["afterItemSelector", selected]);
    }
    if (at.state["ItemBatcher"] !== undefined) {
      const batches = await inputsOf(at, name, items);
      steps.push(["afterItemBatcher", batches.map(({ input }) => input)]);
    }
    for (const [setting, value] of Object.entries(await mapSettings(at))) steps.push([setting, value]);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
  }
  return steps;
};
