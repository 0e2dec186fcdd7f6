import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import { pngOf } from "../../diagram/png.ts";
import { stackNames, templateOf } from "../../launch/stackTemplates.ts";
import { type Clients, clientsFor } from "../../launch/target.ts";
import { processedTemplate } from "../../processedTemplate.ts";
import { stackDiagram, type TemplateText } from "../../stackDiagram.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { UsageError } from "../settings.ts";

export const registerDiagram = (program: Command): void => {
  withTargetOptions(program.command("diagram"))
    .description("Draw the architecture of stacks or templates as SVG or PNG")
    .argument("[stacks...]", "names of stacks; all of them when none is given")
    .option("--template <file...>", "template files in place of stacks", [])
    .option("--theme <theme>", "light or dark", "light")
    .option("--out <file>", "write to a file in place of standard output: an SVG, or a PNG by its name")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft diagram > architecture.svg\n  aloft diagram my-app --out docs/architecture.png\n  aloft diagram --template template.yaml --theme dark",
    )
    .action(async (stacks: readonly string[], options) => {
      const output = createOutput(options.json === true);
      if (options.theme !== "light" && options.theme !== "dark")
        throw new UsageError(`--theme takes light or dark, not ${options.theme}.`);
      if (/\.(jpe?g|gif|webp|pdf)$/i.test(options.out ?? ""))
        throw new UsageError(`--out takes the name of an SVG or a PNG, not ${options.out}.`);
      const templates: readonly TemplateText[] =
        options.template.length > 0
          ? options.template.map((path: string) => ({
              name: basename(path),
              text: processedTemplate(readFileSync(path, "utf8")),
            }))
          : await templatesOf(clientsFor(await targetFrom(options)), stacks);
      const svg = stackDiagram(templates, options.theme);
      if (options.out) writeFileSync(options.out, /\.png$/i.test(options.out) ? await pngOf(svg) : svg);
      else output.line(svg);
      output.result({ stacks: templates.map(({ name }) => name), ...(options.out ? { file: options.out } : { svg }) });
    });
};

const templatesOf = async (clients: Clients, stacks: readonly string[]): Promise<readonly TemplateText[]> => {
  const there = await stackNames(clients);
  const unknown = stacks.find((stack) => !there.includes(stack));
  if (unknown !== undefined) throw new CliError(`There is no stack ${unknown}.`, "aloft status");
  const names = stacks.length > 0 ? stacks : there;
  if (names.length === 0) throw new CliError("There is no stack to draw.", "aloft launch");
  return Promise.all(names.map(async (name) => ({ name, text: await templateOf(clients, name) })));
};
