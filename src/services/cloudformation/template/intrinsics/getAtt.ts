import type { JsonValue } from "../../../../kernel/json.ts";
import { functionError } from "../errors.ts";
import { splitAttribute } from "../shortForms.ts";
import { type Intrinsic, isCall, KNOWN_AFTER_APPLY, type Scope, textOf } from "./intrinsic.ts";

/** `Fn::GetAtt`: an attribute of a resource. */
export const getAtt: Intrinsic = {
  name: "Fn::GetAtt",
  check(argument, path) {
    const [resource, ...attribute] = attributeParts(argument) ?? [];
    const isWhole = typeof resource === "string" && resource !== "" && attribute.length > 0;
    if (!isWhole || !attribute.every((part) => isCall(part) || (typeof part === "string" && part !== ""))) {
      throw functionError(
        "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
        path,
      );
    }
  },
  resolve(argument, scope) {
    const [resource, ...attribute] = attributeParts(argument) ?? [];
    const name = attribute.map((part) => attributeName(part, scope)).join(".");
    return scope.resources.attribute(String(resource), name) ?? KNOWN_AFTER_APPLY;
  },
};

/** Resource and attribute of a call, from either of its two forms; undefined when it is neither. */
export const attributeParts = (argument: JsonValue): readonly JsonValue[] | undefined => {
  const parts = typeof argument === "string" ? splitAttribute(argument) : argument;
  return Array.isArray(parts) ? parts : undefined;
};

const attributeName = (part: JsonValue, scope: Scope): string => {
  const name = textOf(scope.resolve(part));
  if (name === undefined) throw functionError("Fn::GetAtt attribute names must be strings.");
  return name;
};
