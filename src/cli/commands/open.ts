import { spawn } from "node:child_process";
import type { Command } from "commander";
import { findStack, outputOf } from "../../launch/stack.ts";
import { clientsFor } from "../../launch/target.ts";
import { findRunning } from "../cloudProcess.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { readCredentials, settingsFrom, withCloudOptions } from "../settings.ts";

export const registerOpen = (program: Command): void => {
  withCloudOptions(program.command("open"))
    .description("Open the application in the browser")
    .option("--name <name>", "the name it was launched under", "cloudproviders")
    .option("--site", "the static site in place of the API")
    .option("--print", "only print the address")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExamples:\n  aloft open\n  aloft open --site\n  curl "$(aloft open --print)"')
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { state } = settingsFrom(options);
      const running = await findRunning(state);
      const credentials = readCredentials(state);
      if (!running || !credentials) throw new CliError("No cloud runs here.", "aloft start");
      const clients = clientsFor({ region: running.region, endpoint: running.endpoint, credentials });
      const stack = await findStack(clients, options.name);
      const application = await findStack(clients, outputOf(stack, "ApplicationStackName") ?? `${options.name}-app`);
      const url = options.site ? outputOf(stack, "SiteUrl") : outputOf(application, "GetDataApi");
      if (!url) throw new CliError(`Nothing is launched under the name ${options.name}.`, "aloft launch");
      if (!options.print && !output.json) openBrowser(url);
      output.line(url);
      output.result({ url });
    });
};

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "open",
  win32: "explorer",
  linux: "xdg-open",
};

const openBrowser = (url: string): void => {
  const child = spawn(OPENERS[process.platform] ?? "xdg-open", [url], { detached: true, stdio: "ignore" });
  // No browser to be had, as on a server: the printed address is the answer.
  child.once("error", () => {});
  child.unref();
};
