import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TemporaryCredentials } from "../../kernel/service.ts";
import type { TrustFiles } from "../../kernel/trust.ts";
import type { ChildCommand } from "./childProcess.ts";
import { wrapped } from "./execWrapper.ts";
import { type Interpreter, nodeInterpreter, nodeMajor, pythonInterpreter, runtimeFamily } from "./runtimes.ts";
import { asOnAmazonLinux } from "./shell.ts";
import type { CodeFolders, FunctionSpec } from "./spec.ts";

/** Why an environment is started: an event waits for it, or one may come. */
export type InitializationType = "on-demand" | "provisioned-concurrency";

/** Everything a process needs to know to become a function. */
export interface CommandParts {
  readonly spec: FunctionSpec;
  readonly folders: CodeFolders;
  /** The environment's own folder: its home and its temporary files. */
  readonly scratch: string;
  readonly logStream: string;
  readonly credentials: TemporaryCredentials;
  readonly initialization: InitializationType;
  /** The Node.js its runtime names, where it is another than the one that runs this. */
  readonly node?: Interpreter | undefined;
  /** Where a debugger is waited for before the function is loaded. */
  readonly inspectPort?: number | undefined;
  /** Where its segments are taken. */
  readonly tracePort?: number | undefined;
  /** Where the cloud answers. */
  readonly endpoint: string;
  /** Where the files are, once they are, by which the cloud's TLS connections are trusted. */
  readonly trust?: TrustFiles | undefined;
}

/** A command, and what runs it for INIT_START. */
export interface FunctionCommand extends ChildCommand {
  /** Its file is the function's `AWS_LAMBDA_EXEC_WRAPPER`. */
  readonly isWrapped?: boolean;
  readonly interpreter?: Interpreter;
}

/** No process can be started for this function; `errorType` is what Lambda calls it. */
export class CannotStart extends Error {
  readonly errorType: string;
  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

/** The command that runs a function; its environment still lacks `AWS_LAMBDA_RUNTIME_API`. */
export const functionCommand = async (parts: CommandParts): Promise<FunctionCommand> =>
  wrapped(await runtimeCommand(parts), parts.spec, parts.folders);

const runtimeCommand = async (parts: CommandParts): Promise<FunctionCommand> => {
  const { spec, folders } = parts;
  const base = { cwd: folders.taskRoot, env: functionEnvironment(parts) };
  switch (runtimeFamily(spec.runtime)) {
    case "node": {
      const interpreter = parts.node ?? nodeInterpreter();
      return { ...base, file: interpreter.file, args: nodeArguments(spec.memoryMb), hasChannel: true, interpreter };
    }
    case "python": {
      const interpreter = await pythonInterpreter(spec.runtime);
      if (!interpreter) throw new CannotStart("Runtime.InvalidEntrypoint", "python3 is not installed on this machine");
      return { ...base, file: interpreter.file, args: ["-u", PYTHON_BOOTSTRAP], interpreter };
    }
    case "provided":
      return { ...base, ...asOnAmazonLinux(await providedBootstrap(folders)) };
  }
};

/** The command of a Node.js process that waits to be told its function. */
export const spareCommand = (cwd: string): ChildCommand => ({
  file: process.execPath,
  args: [NODE_BOOTSTRAP],
  hasChannel: true,
  cwd,
  env: { PATH, TZ: ":UTC", HOME: cwd, ALOFT_SPARE: "1" },
});

const NODE_BOOTSTRAP = fileURLToPath(new URL("./bootstrap/node/main.mjs", import.meta.url));
const PYTHON_BOOTSTRAP = fileURLToPath(new URL("./bootstrap/python/bootstrap.py", import.meta.url));

/** Lambda's own PATH has fixed folders as well; nothing of the host's. */
const PATH = ["/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);

/** The share of a function's memory that its JavaScript heap may take, as AWS sets it. */
export const oldSpaceMb = (memoryMb: number): number => Math.floor(memoryMb * 0.9);

const nodeArguments = (memoryMb: number): string[] => [`--max-old-space-size=${oldSpaceMb(memoryMb)}`, NODE_BOOTSTRAP];

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const functionEnvironment = (parts: CommandParts): Record<string, string> => {
  const { spec, folders, credentials, scratch } = parts;
  const family = runtimeFamily(spec.runtime);
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...searchPaths(spec, folders),
    ...spec.environment,
    // A home of its own, or SDKs would read the profiles of whoever started the cloud.
    HOME: scratch,
    TMPDIR: scratch,
    _HANDLER: spec.handler,
    PWD: folders.taskRoot,
    LAMBDA_TASK_ROOT: folders.taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    // AWS: custom runtimes name none.
    ...(family === "provided" ? {} : { AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}` }),
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: spec.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: parts.initialization,
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: parts.logStream,
    // AWS: only where advanced logging is set up.
    ...(spec.logging.format === "JSON" ? { AWS_LAMBDA_LOG_FORMAT: "JSON" } : {}),
    ...(spec.logging.applicationLevel ? { AWS_LAMBDA_LOG_LEVEL: spec.logging.applicationLevel } : {}),
    _LAMBDA_TELEMETRY_LOG_FD: "3",
    ...xrayVariables(parts.tracePort ?? DAEMON_PORT),
    ...(parts.inspectPort === undefined ? {} : { ALOFT_INSPECT_PORT: String(parts.inspectPort) }),
    AWS_REGION: spec.region,
    AWS_DEFAULT_REGION: spec.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // A function that names an endpoint of its own keeps it.
    AWS_ENDPOINT_URL: spec.environment["AWS_ENDPOINT_URL"] ?? parts.endpoint,
    ...trustVariables(parts),
    ...(folders.layerRoot && family === "python" ? { ALOFT_LAYERS: folders.layerRoot } : {}),
  };
};

/** Where the X-Ray SDK sends the segments of a function that is not traced: to this machine's daemon, should one run. */
const DAEMON_PORT = 2000;

const xrayVariables = (port: number) => ({
  AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
  AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${port}`,
  _AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1",
  _AWS_XRAY_DAEMON_PORT: String(port),
});

/** Node.js adds the authority when a first connection wants it; Python's clients read a bundle, which must be there. */
const trustVariables = ({ spec, trust }: CommandParts): Record<string, string> => {
  if (!trust) return {};
  if (runtimeFamily(spec.runtime) === "node") return { ALOFT_CA: trust.ca };
  const isWanted = spec.environment["AWS_CA_BUNDLE"] === undefined && existsSync(trust.bundle);
  return isWanted ? { AWS_CA_BUNDLE: trust.bundle } : {};
};

/** Where programs, libraries and modules are found: the function's own first, then its layers'. */
const searchPaths = (spec: FunctionSpec, { taskRoot, layerRoot }: CodeFolders): Record<string, string> => {
  const layer = (...path: string[]) => (layerRoot ? [join(layerRoot, ...path)] : []);
  const paths: Record<string, string> = {
    PATH: [PATH, ...layer("bin")].join(delimiter),
    LD_LIBRARY_PATH: [taskRoot, join(taskRoot, "lib"), ...layer("lib")].join(delimiter),
  };
  const family = runtimeFamily(spec.runtime);
  if (family === "node") {
    const versioned = layer("nodejs", `node${nodeMajor(spec.runtime)}`, "node_modules");
    paths["NODE_PATH"] = [...versioned, ...layer("nodejs", "node_modules"), taskRoot].join(delimiter);
  }
  if (family === "python") {
    const packages = layer("python", "lib", spec.runtime, "site-packages");
    paths["PYTHONPATH"] = [taskRoot, ...layer("python"), ...packages].join(delimiter);
  }
  return paths;
};

const providedBootstrap = async ({ taskRoot, layerRoot }: CodeFolders): Promise<string> => {
  const candidates = [taskRoot, ...(layerRoot ? [layerRoot] : [])].map((folder) => join(folder, "bootstrap"));
  for (const file of candidates) {
    try {
      await access(file, constants.F_OK);
      return file;
    } catch {
      // Not there: the layers may have one.
    }
  }
  const named = ["/var/task/bootstrap", "/opt/bootstrap"].join(" ");
  throw new CannotStart("Runtime.InvalidEntrypoint", `Couldn't find valid bootstrap(s): [${named}]`);
};
