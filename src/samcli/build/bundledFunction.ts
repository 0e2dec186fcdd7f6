import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Template, TemplateResource } from "../../awscli/cloudformation/template.ts";
import { type LocalStack, objectIn, textIn } from "./localStack.ts";

/**
 * Fits a function to what esbuild made of it: its handler lies at the top of the bundle, and errors are told by the source
 * map where there is one.
 */
export const fitToBundle = (
  { document }: Template,
  stack: LocalStack,
  { id, set }: TemplateResource,
  folder: string,
  say: (line: string) => void,
): void => {
  const resource = objectIn(stack.resources, id);
  const metadata = objectIn(resource, "Metadata");
  if (metadata["BuildMethod"] !== "esbuild") return;
  const properties = objectIn(resource, "Properties");
  const handler = textIn(properties["Handler"]);
  if (handler !== undefined && !existsSync(join(folder, handler.replace(/\.[^./]*$/, ".js"))))
    set("Handler", basename(handler));
  const variables = objectIn(objectIn(properties, "Environment"), "Variables");
  const options = textIn(variables["NODE_OPTIONS"]) ?? "";
  if (!objectIn(metadata, "BuildProperties")["Sourcemap"] || options.includes(ENABLED)) return;
  say(`\nSourcemap set without ${ENABLED}, adding ${ENABLED} to function ${id} NODE_OPTIONS`);
  const path = ["Resources", id, "Properties", "Environment", "Variables", "NODE_OPTIONS"];
  document.setIn(path, `${options} ${ENABLED}`.trim());
};

const ENABLED = "--enable-source-maps";
