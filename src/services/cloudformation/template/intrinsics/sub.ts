import { isJsonObject, type JsonObject, type JsonValue } from "../../../../kernel/json.ts";
import { functionError, type TemplatePath } from "../errors.ts";
import { type Intrinsic, type Resolved, type Scope, textOf } from "./intrinsic.ts";

/** `Fn::Sub`: text with `${Name}`, `${Resource.Attribute}` and `${!Literal}` in it. */
export const sub: Intrinsic = {
  name: "Fn::Sub",
  check(argument, path) {
    const parts = subParts(argument);
    if (parts === undefined) {
      throw functionError(
        "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
        path,
      );
    }
    checkNames(parts.text, path);
    for (const value of Object.values(parts.variables)) {
      if (Array.isArray(value)) throw contextError(path);
    }
  },
  resolve(argument, scope) {
    const parts = subParts(argument);
    if (parts === undefined) throw functionError("Fn::Sub takes a string.");
    const pieces = subPieces(parts.text).map((piece) => {
      if (piece.kind === "text") return piece.text;
      return variableText(piece.name, parts.variables, scope);
    });
    return pieces.join("");
  },
};

const contextError = (path?: TemplatePath) =>
  functionError(
    "every value of the context object of every Fn::Sub object must be a string or a function that returns a string",
    path,
  );

/** The text of a call and the variables given with it; undefined when the argument has neither form. */
export const subParts = (
  argument: JsonValue,
): { readonly text: string; readonly variables: JsonObject } | undefined => {
  if (typeof argument === "string") return { text: argument, variables: {} };
  if (!Array.isArray(argument) || argument.length === 0 || argument.length > 2) return undefined;
  const [text, variables = {}] = argument;
  return typeof text === "string" && isJsonObject(variables) ? { text, variables } : undefined;
};

/** One run of plain text, or one variable. */
export type SubPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string };

/** Divides a text at its variables; `${!Name}` is text that reads `${Name}`. */
export const subPieces = (text: string): readonly SubPiece[] => {
  const pieces: SubPiece[] = [];
  let end = 0;
  for (const found of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (found.index > end) pieces.push({ kind: "text", text: text.slice(end, found.index) });
    const inside = found[1] ?? "";
    if (inside.startsWith("!")) pieces.push({ kind: "text", text: `\${${inside.slice(1)}}` });
    else pieces.push({ kind: "variable", name: inside.trim() });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
};

const checkNames = (text: string, path: TemplatePath): void => {
  for (const piece of subPieces(text)) {
    if (piece.kind === "variable" && !/^[A-Za-z0-9_.:]+$/.test(piece.name)) {
      throw functionError(
        "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
        path,
      );
    }
  }
};

const variableText = (name: string, variables: JsonObject, scope: Scope): string => {
  if (Object.hasOwn(variables, name)) {
    const value = textOf(scope.resolve(variables[name] ?? ""));
    if (value === undefined) throw contextError();
    return value;
  }
  const value = textOf(lookUp(name, scope));
  if (value === undefined) throw functionError(`variable ${name} in Fn::Sub expression does not resolve to a string`);
  return value;
};

const lookUp = (name: string, scope: Scope): Resolved => {
  const dot = name.indexOf(".");
  if (dot < 0) return scope.resolve({ Ref: name });
  return scope.resolve({ "Fn::GetAtt": [name.slice(0, dot), name.slice(dot + 1)] });
};
