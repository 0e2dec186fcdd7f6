import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OperationModel } from "../wire/model.ts";
import type { Member } from "../wire/schema.ts";
import { isRecord, type Sdk } from "./clients.ts";
import type { Globals } from "./globals.ts";
import { fullOption, splitOptions, type Words } from "./input/options.ts";
import { argumentValue, fromJson } from "./input/values.ts";
import { type Io, usageError } from "./io.ts";
import { kebab, nameOf } from "./names.ts";
import { render } from "./output/render.ts";
import { sendPaged } from "./paginate.ts";

/** Runs any operation of a service from its words, and prints its answer. */
export const runOperation = async (
  sdk: Sdk,
  word: string,
  words: readonly string[],
  globals: Globals,
  io: Io,
): Promise<void> => {
  const model = operationOf(sdk, word);
  const { input, positional } = await inputOf(model, words, globals, io);
  const streamed = model.output.members.find(
    ({ shape }) => shape.kind === "blob" && (shape.streaming || isLambdaPayload(model)),
  );
  if (streamed) return saveStreamed(sdk, model, streamed.name, input, positional, globals, io);
  if (positional.length > 0) throw usageError(`Unknown options: ${positional.join(", ")}`);
  const answer = await sendPaged(sdk, model.name, input, globals);
  io.out(await render(model.name, answer, globals));
};

/** The operation a word names. */
export const operationOf = (sdk: Sdk, word: string): OperationModel => {
  const name = nameOf(word, sdk.model.operationNames);
  const model = name === undefined ? undefined : sdk.model.operation(name);
  if (!model) throw usageError(`argument operation: Found invalid choice '${word}'`);
  return model;
};

/** An operation's input from the words of its options. */
export const inputOf = async (
  model: Pick<OperationModel, "input">,
  words: readonly string[],
  globals: Globals,
  io: Io,
): Promise<{ readonly input: Record<string, unknown>; readonly positional: readonly string[] }> => {
  const members = new Map<string, Member>();
  const memberOf = (option: string): Member | undefined => {
    const found = nameOf(option, model.input.byName.keys());
    const member = found === undefined ? undefined : model.input.byName.get(found);
    if (member) members.set(option, member);
    return member;
  };
  const known = [...model.input.byName.keys()].map(kebab);
  const { options, positional } = splitOptions(
    words,
    (option) => arityOf(option, memberOf),
    (option) => (memberOf(option) ? option : (fullOption(option, known) ?? option)),
  );
  const input = { ...(await jsonInput(model, globals, io)), ...(await optionValues(options, memberOf, globals, io)) };
  const missing = model.input.members.filter(({ name, required }) => required && input[name] === undefined);
  if (missing.length > 0)
    throw usageError(
      `the following arguments are required: ${missing.map(({ name }) => `--${kebab(name)}`).join(", ")}`,
    );
  return { input, positional };
};

const arityOf = (
  option: string,
  memberOf: (option: string) => Member | undefined,
): "none" | "one" | "many" | undefined => {
  const member = memberOf(option);
  if (member?.shape.kind === "boolean") return "none";
  if (member)
    return member.shape.kind === "list" || member.shape.kind === "map" || member.shape.kind === "structure"
      ? "many"
      : "one";
  return option.startsWith("no-") && memberOf(option.slice(3))?.shape.kind === "boolean" ? "none" : undefined;
};

const optionValues = async (
  options: Words["options"],
  memberOf: (option: string) => Member | undefined,
  globals: Globals,
  io: Io,
): Promise<Record<string, unknown>> => {
  const values: Record<string, unknown> = {};
  for (const [option, words] of options) {
    const member = memberOf(option);
    const negated = member === undefined;
    const target = member ?? memberOf(option.slice(3));
    if (!target) continue;
    values[target.name] =
      target.shape.kind === "boolean"
        ? !negated
        : await argumentValue(target.shape, words, { io, option: `--${option}`, rawBlobs: globals.rawBlobs });
  }
  return values;
};

const jsonInput = async (
  model: Pick<OperationModel, "input">,
  { cliInputJson, rawBlobs }: Globals,
  io: Io,
): Promise<object> => {
  if (cliInputJson === undefined) return {};
  const context = { io, option: "--cli-input-json", rawBlobs };
  const value = await argumentValue({ kind: "document" }, [cliInputJson], context);
  const input = fromJson(model.input, value, context);
  return isRecord(input) ? input : {};
};

/** AWS: Lambda's payload goes to a file although it is no stream. */
const isLambdaPayload = ({ name }: OperationModel): boolean => name === "Invoke";

/** `aws s3api get-object … FILE` and `aws lambda invoke … FILE`: the body into a file, the rest on the standard output. */
const saveStreamed = async (
  sdk: Sdk,
  model: OperationModel,
  member: string,
  input: Record<string, unknown>,
  [outfile]: readonly string[],
  globals: Globals,
  io: Io,
): Promise<void> => {
  if (outfile === undefined) throw usageError("the following arguments are required: outfile");
  const { [member]: body, ...answer } = await sdk.send(model.name, input);
  const bytes =
    body instanceof Uint8Array ? Readable.from([body]) : body instanceof Readable ? body : Readable.from([]);
  if (outfile === "-" || outfile === "/dev/stdout") for await (const chunk of bytes) io.out(chunk);
  else await pipeline(bytes, createWriteStream(resolve(io.cwd, outfile)));
  io.out(await render(model.name, answer, globals));
};
