import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "node:util";

/** An error of the runtime itself, under the name Lambda gives it. */
export class RuntimeError extends Error {
  constructor(kind, message) {
    super(message);
    this.name = `Runtime.${kind}`;
  }
}

/** The document in which Lambda tells a caller of an error. */
export const errorDocument = (error) => {
  try {
    if (types.isNativeError(error) || looksLikeError(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: stackLines(error.stack) };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return {
      errorType: "handled",
      errorMessage:
        "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack",
    };
  }
};

/** The same for the log: with every property the error carries. */
export const errorLogText = (error) => {
  const whole = error instanceof Error ? error : new Error(String(error));
  try {
    return JSON.stringify(whole, (_, value) => (value instanceof Error ? logged(value) : value));
  } catch {
    return JSON.stringify(errorDocument(whole));
  }
};

const logged = (error) => ({
  errorType: error.name,
  errorMessage: error.message,
  code: error.code,
  ...error,
  ...(typeof error.stack === "string" ? { stack: stackLines(error.stack) } : {}),
});

const looksLikeError = (value) =>
  typeof value?.name === "string" && typeof value.message === "string" && typeof value.stack === "string";

/** A stack as its lines, with the paths that its files have on AWS. */
export const stackLines = (stack) => asOnAws(String(stack)).split("\n");

/** Where the function and its layers lie, once there is one. */
let places = { taskRoot: undefined, modulePath: "" };

export const setPlaces = (taskRoot, modulePath = "") => {
  places = { taskRoot, modulePath };
};

/** A text that names files, as it would read on AWS. */
export const asOnAws = (text) =>
  foldersOnAws().reduce((shown, [folder, name]) => shown.split(`${folder}/`).join(`${name}/`), text);

const foldersOnAws = () => {
  const { taskRoot, modulePath } = places;
  if (taskRoot === undefined) return [];
  const layers = modulePath.split(":").map((path) => /^(.+)\/nodejs\/node_modules$/.exec(path)?.[1]);
  return [
    [taskRoot, "/var/task"],
    // Node.js names files by where links lead to.
    [realpathSync(taskRoot), "/var/task"],
    ...layers.filter(Boolean).map((folder) => [folder, "/opt"]),
    [dirname(fileURLToPath(import.meta.url)), "/var/runtime"],
  ];
};
