import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { NotImplemented } from "../../kernel/errors.ts";

/** The ways a function is run here. */
export type RuntimeFamily = "node" | "python" | "provided";

/** How a runtime is run; throws NotImplemented, by name, for one that is not. */
export const runtimeFamily = (runtime: string): RuntimeFamily => {
  if (/^nodejs\d/.test(runtime)) return "node";
  if (/^python3\.\d+$/.test(runtime)) return "python";
  if (runtime === "provided" || runtime.startsWith("provided.")) return "provided";
  throw new NotImplemented(`functions with the runtime ${runtime}`);
};

/** The major version a `nodejs22.x` asks for; AWS's first ones, `nodejs4.3`, count too. */
export const nodeMajor = (runtime: string): number => Number.parseInt(runtime.slice("nodejs".length), 10);

/** What INIT_START names: the runtime asked for, and what really runs it here. */
export const runtimeVersion = (runtime: string, interpreter: Interpreter | undefined): string => {
  const name = runtime.replace(/^(nodejs|python)/, "$1:").replace(/\.x$/, "");
  return interpreter ? `${name} (${interpreter.version})` : name;
};

/** A program that runs functions, and its version. */
export interface Interpreter {
  readonly file: string;
  readonly version: string;
}

/** The Node.js that runs aloft runs its functions as well. */
export const nodeInterpreter = (): Interpreter => ({ file: process.execPath, version: `Node.js ${process.version}` });

/** The machine's Python of that version, or its `python3`; undefined when there is none. */
export const pythonInterpreter = (runtime: string): Promise<Interpreter | undefined> => {
  const known = pythons.get(runtime);
  if (known) return known;
  const looking = findPython(runtime);
  pythons.set(runtime, looking);
  return looking;
};

const pythons = new Map<string, Promise<Interpreter | undefined>>();
const run = promisify(execFile);
const PROBE = "import sys,platform;print(sys.executable);print(platform.python_version())";
const PROBE_TIMEOUT_MS = 10_000;

const findPython = async (runtime: string): Promise<Interpreter | undefined> => {
  for (const name of [runtime, "python3"]) {
    try {
      // What PATH names may be a version manager's shim; the interpreter itself tells where it really is.
      const { stdout } = await run(name, ["-c", PROBE], { timeout: PROBE_TIMEOUT_MS });
      const [file, version] = stdout.trim().split("\n");
      if (file && version) return { file, version: `Python ${version}` };
    } catch {
      // Not on this machine under that name; the caller says so when no name is.
    }
  }
  return undefined;
};
