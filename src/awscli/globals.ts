import { usageError } from "./io.ts";

/** The options every command takes. */
export interface Globals {
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly output: "json" | "text" | "table" | "yaml";
  readonly query?: string;
  readonly paginate: boolean;
  readonly maxItems?: number;
  readonly pageSize?: number;
  readonly startingToken?: string;
  readonly cliInputJson?: string;
  /** Blobs in arguments are text, not base64. */
  readonly rawBlobs: boolean;
}

/** Takes the global options out of a command line. */
export const parseGlobals = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly globals: Globals; readonly rest: readonly string[] } => {
  const rest: string[] = [];
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const [name = "", inline] = splitInline(args[at] ?? "");
    if (VALUED.has(name)) {
      const value = inline ?? args[++at];
      if (value === undefined) throw usageError(`argument ${name}: expected one argument`);
      values.set(name, value);
    } else if (FLAGS.has(name)) values.set(name, "");
    else rest.push(args[at] ?? "");
  }
  return { globals: globalsOf(values, env), rest };
};

const VALUED = new Set([
  "--region",
  "--endpoint-url",
  "--profile",
  "--output",
  "--query",
  "--max-items",
  "--page-size",
  "--starting-token",
  "--cli-input-json",
  "--cli-binary-format",
  "--color",
  "--cli-read-timeout",
  "--cli-connect-timeout",
  "--ca-bundle",
]);
const FLAGS = new Set(["--no-paginate", "--no-cli-pager", "--no-verify-ssl", "--debug", "--no-cli-auto-prompt"]);

const splitInline = (arg: string): readonly [string, string?] => {
  const equals = arg.startsWith("--") ? arg.indexOf("=") : -1;
  return equals < 0 ? [arg] : [arg.slice(0, equals), arg.slice(equals + 1)];
};

const globalsOf = (values: ReadonlyMap<string, string>, env: Readonly<Record<string, string | undefined>>): Globals => {
  const text = (option: string, name: string) => (values.has(option) ? { [name]: values.get(option) } : {});
  const number = (option: string, name: string) =>
    values.has(option) ? { [name]: wholeNumber(option, values.get(option) ?? "") } : {};
  const region = values.get("--region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  return {
    ...(region ? { region } : {}),
    ...text("--endpoint-url", "endpointUrl"),
    ...text("--profile", "profile"),
    ...text("--query", "query"),
    ...text("--starting-token", "startingToken"),
    ...text("--cli-input-json", "cliInputJson"),
    ...number("--max-items", "maxItems"),
    ...number("--page-size", "pageSize"),
    output: outputOf(values.get("--output") ?? env["AWS_DEFAULT_OUTPUT"] ?? "json"),
    paginate: !values.has("--no-paginate"),
    rawBlobs: values.get("--cli-binary-format") === "raw-in-base64-out",
  };
};

const wholeNumber = (option: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw usageError(`argument ${option}: invalid int value: '${text}'`);
  return Number(text);
};

const outputOf = (text: string): Globals["output"] => {
  if (text === "json" || text === "text" || text === "table" || text === "yaml") return text;
  throw usageError(`argument --output: Found invalid choice '${text}'`);
};
