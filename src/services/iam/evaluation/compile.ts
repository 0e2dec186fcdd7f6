import { AssertionFailed } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { type ArnTest, arnTest } from "./arnPattern.ts";
import { type ConditionTest, conditionTest } from "./conditions.ts";
import { scalars, statementsOf, VERSION_2012 } from "./document.ts";
import { patternTest, tokenize } from "./pattern.ts";
import { notPrincipalTest, type PrincipalTest, principalTest } from "./principalPattern.ts";

/** One statement, ready to be asked. */
export interface CompiledStatement {
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly covers: ArnTest;
  readonly names: PrincipalTest;
  readonly holds: ConditionTest;
}

/** A policy document, ready to be asked. */
export interface CompiledPolicy {
  /** The statements that speak of an action, in the document's order. */
  statementsFor(action: string): readonly CompiledStatement[];
}

/** Compiles a document that has passed validation. The same object is compiled once. */
export const compilePolicy = (document: JsonObject): CompiledPolicy => {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const policy = compile(document);
  compiled.set(document, policy);
  return policy;
};

/** Compiles a document kept as text, as sessions carry theirs. The texts used last are compiled once. */
export const compilePolicyText = (text: string): CompiledPolicy => {
  const known = compiledTexts.get(text);
  if (known !== undefined) return known;
  const document: unknown = JSON.parse(text);
  if (!isJsonObject(document)) throw new AssertionFailed("a stored policy that is no object");
  if (compiledTexts.size >= MAX_COMPILED_TEXTS) compiledTexts.clear();
  const policy = compile(document);
  compiledTexts.set(text, policy);
  return policy;
};

const MAX_COMPILED_TEXTS = 2_000;
const MAX_REMEMBERED_ACTIONS = 500;

const compiled = new WeakMap<JsonObject, CompiledPolicy>();
const compiledTexts = new Map<string, CompiledPolicy>();

interface StatementWithActions extends CompiledStatement {
  readonly speaksOf: (action: string) => boolean;
}

/** Which statements speak of an action is remembered: a program's calls are few kinds, many times. */
const compile = (document: JsonObject): CompiledPolicy => {
  const variables = document["Version"] === VERSION_2012;
  const statements = statementsOf(document).map((statement, index) => compileStatement(statement, index, variables));
  const byAction = new Map<string, readonly CompiledStatement[]>();
  return {
    statementsFor: (action) => {
      const known = byAction.get(action);
      if (known !== undefined) return known;
      const folded = action.toLowerCase();
      const found = statements.filter((statement) => statement.speaksOf(folded));
      if (byAction.size >= MAX_REMEMBERED_ACTIONS) byAction.clear();
      byAction.set(action, found);
      return found;
    },
  };
};

const compileStatement = (statement: JsonObject, index: number, variables: boolean): StatementWithActions => {
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new AssertionFailed("a stored policy without an effect");
  const sid = statement["Sid"];
  return {
    index,
    sid: typeof sid === "string" ? sid : undefined,
    effect,
    speaksOf: actionTest(statement),
    covers: resourceTest(statement, variables),
    names:
      statement["NotPrincipal"] === undefined
        ? principalTest(statement["Principal"])
        : notPrincipalTest(statement["NotPrincipal"], effect),
    holds: conditionTest(statement["Condition"], variables),
  };
};

/** AWS: actions are compared without regard to case, and know no variables. */
const actionTest = (statement: JsonObject): ((action: string) => boolean) => {
  const not = statement["NotAction"];
  const tests = scalars(not ?? statement["Action"]).map((action) => {
    const test = patternTest(tokenize(action.toLowerCase(), { wildcards: true, variables: false }));
    return (given: string) => test(given, NO_CONTEXT);
  });
  return (given) => tests.some((test) => test(given)) !== (not !== undefined);
};

const NO_CONTEXT = new Map<string, readonly string[]>();

/** A trust policy has no resource: it speaks of the role it is attached to. */
const resourceTest = (statement: JsonObject, variables: boolean): ArnTest => {
  const not = statement["NotResource"];
  const element: JsonValue | undefined = not ?? statement["Resource"];
  if (element === undefined) return () => true;
  const tests = scalars(element).map((resource) => arnTest(resource, variables));
  const negated = not !== undefined;
  return (arn, context) => tests.some((test) => test(arn, context)) !== negated;
};
