import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { callOf, isUnknown } from "./intrinsics/intrinsic.ts";
import { takenBranch } from "./intrinsics/logic.ts";
import type { Resolver } from "./resolve.ts";

/** The names of all exports that some values import, in the branches that conditions take. */
export const importNames = (
  resources: readonly JsonValue[],
  outputs: readonly JsonValue[],
  outcome: (condition: string) => boolean | undefined,
  evaluate: Resolver,
): readonly string[] => {
  const found = new Set<string>();
  const visit = (node: JsonValue): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (!isJsonObject(node)) return;
    const call = callOf(node);
    if (call?.name === "Fn::If") {
      visit(takenBranch(call.argument, outcome));
      return;
    }
    if (call?.name === "Fn::ImportValue") {
      const name = evaluate.value(call.argument);
      if (typeof name === "string" && !isUnknown(name)) found.add(name);
      return;
    }
    for (const item of Object.values(node)) visit(item);
  };
  for (const value of [...resources, ...outputs]) visit(value);
  return [...found];
};
