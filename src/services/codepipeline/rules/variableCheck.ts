import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { Provide } from "../act/provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html */
export const variableCheck: Provide = async ({ configuration }) => {
  const { Operator = "", Variable = "", Value = "" } = configuration;
  const compare = OPERATORS[Operator];
  if (!compare) throw new ActionFailure("ConfigurationError", `Unknown operator ${Operator}`);
  if (compare(Variable, Value)) return { status: "Succeeded", summary: `${Variable} ${Operator} ${Value}` };
  const message = `The variable's value '${Variable}' does not satisfy ${Operator} '${Value}'`;
  return { status: "Failed", summary: message, error: { code: "JobFailed", message } };
};

const OPERATORS: Readonly<Record<string, (variable: string, value: string) => boolean>> = {
  EQ: (variable, value) => variable === value,
  NE: (variable, value) => variable !== value,
  CONTAINS: (variable, value) => variable.includes(value),
  // AWS: the expression is Java's, and has to match the whole. What the two languages do not share is refused when it is read.
  MATCHES: (variable, value) => {
    try {
      return new RegExp(`^(?:${value})$`, "su").test(variable);
    } catch (error) {
      throw new ActionFailure("ConfigurationError", `'${value}' is not a regular expression: ${errorMessage(error)}`);
    }
  },
};
