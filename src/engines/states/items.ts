import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { runtimeFailure, StateFailure } from "./failure.ts";
import { effectiveInput, evaluateIn, type Standing } from "./flow.ts";
import { expressionOf } from "./jsonata.ts";
import type { MapItem } from "./model.ts";
import { readPath } from "./path.ts";
import { fillTemplate } from "./template.ts";
import { objectOf, textOf } from "./values.ts";

/** The member of a Map that holds the states of its items. */
export const processorOf = (state: JsonObject): "ItemProcessor" | "Iterator" =>
  objectOf(state, "ItemProcessor") ? "ItemProcessor" : "Iterator";

/** The list of a Map's items, as its input has it. */
export const itemsOf = async (at: Standing): Promise<readonly JsonValue[]> => {
  const input = effectiveInput(at);
  const { context, variables, state } = at;
  const path = textOf(state, "ItemsPath") ?? "$";
  const items = at.isJsonata
    ? state["Items"] === undefined
      ? input
      : await evaluateIn(at, state["Items"], "Items")
    : readPath(path, { input, context, variables });
  if (Array.isArray(items)) return items;
  if (at.isJsonata) throw noList(state["Items"], items);
  throw runtimeFailure(`Reference path "${path}" must point to array.`);
};

/** AWS: with JSONata, what is no list is an expression's fault. */
const noList = (given: JsonValue | undefined, found: JsonValue | undefined): StateFailure => {
  const value = JSON.stringify(found ?? null);
  if (given === undefined) {
    return new StateFailure("States.QueryEvaluationError", `Map state input must be an array but was: ${value}`);
  }
  const type = found === null || found === undefined ? "null" : typeof found;
  const expression = typeof given === "string" ? (expressionOf(given) ?? given) : JSON.stringify(given);
  return new StateFailure(
    "States.QueryEvaluationError",
    `The JSONata expression '${expression}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${type}' for value: ${value}`,
    "Items",
  );
};

/** What ItemSelector makes of an item. */
export const selectItem = async (at: Standing, item: MapItem): Promise<JsonValue> => {
  const { state, chance, variables } = at;
  const template = state["ItemSelector"] ?? (at.isJsonata ? undefined : state["Parameters"]);
  if (template === undefined) return item.value;
  const context = { ...at.context, Map: { Item: { Index: item.index, Value: item.value } } };
  if (at.isJsonata) return evaluateIn({ ...at, context }, template, "ItemSelector");
  return fillTemplate(template, { input: effectiveInput(at), context, variables }, chance);
};
