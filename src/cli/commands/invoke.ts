import { readFileSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Command } from "commander";
import { cloudHere } from "../cloudHere.ts";
import { EXIT_FAILED } from "../failure.ts";
import { findFunction } from "../findFunction.ts";
import { createOutput } from "../render/output.ts";
import { UsageError, withCloudOptions } from "../settings.ts";

export const registerInvoke = (program: Command): void => {
  withCloudOptions(program.command("invoke"))
    .argument("<function>", "a function's name, or a part of it that only one has")
    .description("Run a function with an event and show its answer, and its log on the error output")
    .option("--payload <json>", "the event: JSON, @FILE, or - for the input", "{}")
    .option("--qualifier <name>", "a version or alias")
    .option("--event", "only queue the event")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  aloft invoke GetData\n  aloft invoke PostData --payload '{"name":"x"}'\n  aloft invoke GetData --payload @event.json --qualifier live`,
    )
    .action(async (wanted: string, options) => {
      const output = createOutput(options.json === true);
      const Payload = payloadOf(options.payload);
      const client = new LambdaClient((await cloudHere(options)).target);
      const FunctionName = await findFunction(client, wanted, "invoke");
      const answer = await client.send(
        new InvokeCommand({
          FunctionName,
          Payload,
          ...(options.qualifier ? { Qualifier: options.qualifier } : {}),
          ...(options.event ? { InvocationType: "Event" } : { LogType: "Tail" }),
        }),
      );
      const text = answer.Payload?.transformToString() ?? "";
      const log = Buffer.from(answer.LogResult ?? "", "base64").toString();
      if (!output.json && log) process.stderr.write(log);
      output.line(options.event ? `The event is queued for ${FunctionName}.` : text);
      output.result({
        function: FunctionName,
        status: answer.StatusCode,
        ...(text ? { payload: parsed(text) } : {}),
        ...(answer.FunctionError ? { error: answer.FunctionError } : {}),
        ...(log ? { log } : {}),
      });
      if (answer.FunctionError) process.exitCode = EXIT_FAILED;
    });
};

const payloadOf = (given: string): string => {
  const text = given === "-" ? readFileSync(0, "utf8") : given.startsWith("@") ? fileText(given.slice(1)) : given;
  try {
    JSON.parse(text);
  } catch {
    throw new UsageError("--payload takes JSON, @FILE with JSON in it, or - for JSON on the input.");
  }
  return text;
};

const fileText = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`--payload names the file ${path}, which cannot be read.`);
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A custom runtime may answer anything.
    return text;
  }
};
