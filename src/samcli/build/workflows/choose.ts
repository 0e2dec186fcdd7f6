import { SamFailure } from "../../failure.ts";
import type { Buildable } from "../buildable.ts";
import { esbuild } from "./esbuild.ts";
import { make } from "./make.ts";
import { nodejsNpm } from "./nodejsNpm.ts";
import { pythonPip } from "./pythonPip.ts";
import type { Workflow } from "./work.ts";

/** How something is built, and the folder of its artifacts that it is built into: layers have one for each language. */
export interface Chosen {
  readonly workflow: Workflow;
  readonly subfolder: string;
}

/** By `BuildMethod`, or else by the runtime. */
export const chooseWorkflow = ({ kind, method, runtime, fullPath, isImage }: Buildable): Chosen => {
  if (isImage)
    throw new SamFailure(
      `${fullPath} is an image, which is not built here: aloft's own sam command runs no containers.`,
    );
  const word = method ?? runtime;
  if (word === undefined) throw new SamFailure(`${fullPath} has no Runtime to build for.`);
  const found = WORKFLOWS.find(([pattern]) => pattern.test(word))?.[1];
  if (!found)
    throw new SamFailure(
      `'${word}' of ${fullPath} is not built by aloft's own sam command, which builds Node.js, Python, esbuild and makefile. Install the AWS SAM CLI on this machine, or give a Makefile with BuildMethod: makefile.`,
    );
  return { workflow: found.workflow, subfolder: kind === "layer" ? found.layerFolder : "" };
};

const WORKFLOWS: readonly (readonly [RegExp, { readonly workflow: Workflow; readonly layerFolder: string }])[] = [
  [/^makefile$/, { workflow: make, layerFolder: "" }],
  [/^esbuild$/, { workflow: esbuild, layerFolder: "nodejs" }],
  [/^nodejs\d+\.x$/, { workflow: nodejsNpm, layerFolder: "nodejs" }],
  [/^python3\.\d+$/, { workflow: pythonPip, layerFolder: "python" }],
  [/^provided(\.al2(023)?)?$/, { workflow: make, layerFolder: "" }],
];
