import { once } from "node:events";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Command } from "commander";
import { cloudHere } from "../cloudHere.ts";
import { callControl } from "../control.ts";
import { findFunction } from "../findFunction.ts";
import { createOutput } from "../render/output.ts";
import { UsageError, withCloudOptions } from "../settings.ts";

export const registerDebug = (program: Command): void => {
  withCloudOptions(program.command("debug"))
    .argument("<function>", "a function's name, or a part of it that only one has")
    .description("Run a function under a debugger: its next event waits until one is attached, and nothing times out")
    .option("--inspect-port <port>", "where the debugger finds it, on this machine", "9229")
    .option("--off", "end what an earlier command began, and return")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft debug GetData\n  aloft debug GetData --inspect-port 9300")
    .action(async (wanted: string, options) => {
      const output = createOutput(options.json === true);
      const port = inspectPort(options.inspectPort);
      const { running, state, target } = await cloudHere(options);
      const client = new LambdaClient(target);
      const name = await findFunction(client, wanted, "debug");
      const query = `function=${encodeURIComponent(name)}`;
      if (!options.off) {
        await callControl(running, state, "POST", `/_aloft/debug?${query}&port=${port}`);
        output.line(`The next event for ${name} waits for a debugger at 127.0.0.1:${port}; nothing times out then.`);
        output.line("Attach an editor, or Chrome by chrome://inspect. End with Ctrl+C.");
        output.result({ function: name, port });
        await ended();
      }
      await callControl(running, state, "DELETE", `/_aloft/debug?${query}`);
      output.line(`${name} runs without a debugger again.`);
    });
};

const inspectPort = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UsageError(`--inspect-port takes a number from 1 to 65535, not ${text}.`);
  return port;
};

/** Waits to be told to end. A signal alone keeps no process alive. */
const ended = async (): Promise<void> => {
  const awake = setInterval(() => {}, 60_000);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  clearInterval(awake);
};
