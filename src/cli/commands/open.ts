import { spawn } from "node:child_process";
import type { Command } from "commander";
import { projectName } from "../../launch/init/init.ts";
import { launchedName } from "../../launch/launched.ts";
import { findStack, frontOf, outputOf } from "../../launch/stack.ts";
import { type Clients, clientsFor } from "../../launch/target.ts";
import { cloudHere } from "../cloudHere.ts";
import { consoleLink } from "../consoleLink.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { withCloudOptions } from "../settings.ts";

export const registerOpen = (program: Command): void => {
  withCloudOptions(program.command("open"))
    .description("Open the application or the console in the browser")
    .option("--name <name>", "the name it was launched under; this folder's, or the only one, when absent")
    .option("--site", "the static site in place of the API")
    .option("--console", "the console, by a link that works once")
    .option("--print", "only print the address")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      '\nExamples:\n  aloft open\n  aloft open --site\n  aloft open --console\n  curl "$(aloft open --print)"',
    )
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { running, state, target } = await cloudHere(options);
      const console = await consoleLink(running, state);
      const url = options.console ? undefined : await applicationUrl(clientsFor(target), options);
      if (!url && !options.console && options.print)
        throw new CliError(
          options.name === undefined
            ? "Nothing is launched that has an address."
            : `Nothing is launched under the name ${options.name} that has an address.`,
          options.name === undefined ? "aloft launch" : "aloft status",
        );
      if (!options.print && !output.json) openBrowser(url ?? console);
      if (url) output.line(url);
      if (!(url && options.print)) output.line(url ? `Console, once: ${console}` : console);
      output.result({ ...(url ? { url } : {}), console });
    });
};

type Named = Readonly<{ name?: string; site?: boolean }>;

const applicationUrl = async (clients: Clients, { name: given, site }: Named): Promise<string | undefined> => {
  const name = given ?? (await launchedName(clients, projectName("."), "open"));
  const stack = await findStack(clients, name);
  if (site) return outputOf(stack, "SiteUrl");
  const application = await findStack(clients, outputOf(stack, "ApplicationStackName") ?? `${name}-app`);
  return frontOf(application)?.url;
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
