import { join } from "node:path";
import type { ChildCommand } from "./childProcess.ts";
import { runtimeFamily } from "./runtimes.ts";
import type { CodeFolders, FunctionSpec } from "./spec.ts";

/**
 * A command as the function's `AWS_LAMBDA_EXEC_WRAPPER` starts it: the script gets the runtime's own command as its arguments.
 * AWS: custom runtimes see to it themselves. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
 */
export const wrapped = <C extends ChildCommand>(command: C, spec: FunctionSpec, folders: CodeFolders) => {
  const script = spec.environment["AWS_LAMBDA_EXEC_WRAPPER"];
  if (!script || runtimeFamily(spec.runtime) === "provided") return command;
  return { ...command, file: placeOf(script, folders), args: [command.file, ...command.args], isWrapped: true };
};

/** Where a file of AWS's folders lies here. */
const placeOf = (path: string, { taskRoot, layerRoot }: CodeFolders): string => {
  const [, root, rest = ""] = /^\/(var\/task|opt)\/(.+)$/.exec(path) ?? [];
  if (root === "opt" && layerRoot !== undefined) return join(layerRoot, rest);
  return root === "var/task" ? join(taskRoot, rest) : path;
};
