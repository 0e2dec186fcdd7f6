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
      return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\n") };
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
  ...(typeof error.stack === "string" ? { stack: error.stack.split("\n") } : {}),
});

const looksLikeError = (value) =>
  typeof value?.name === "string" && typeof value.message === "string" && typeof value.stack === "string";
