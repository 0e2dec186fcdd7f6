import { type LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { CliError } from "./failure.ts";

/** The function of that name, or else the only one whose name holds it. Throws when there is none, or more than one: `command` asked. */
export const findFunction = async (client: LambdaClient, wanted: string, command: string): Promise<string> => {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    names.push(...Functions.map(({ FunctionName = "" }) => FunctionName));
  if (names.includes(wanted)) return wanted;
  const fitting = names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (fitting.length > 1)
    throw new CliError(`${wanted} may be any of ${fitting.join(", ")}.`, `aloft ${command} ${only}`);
  const [first] = names;
  throw new CliError(
    `There is no function ${wanted}${first === undefined ? "" : ` among ${names.join(", ")}`}.`,
    first === undefined ? "aloft launch" : `aloft ${command} ${first}`,
  );
};
