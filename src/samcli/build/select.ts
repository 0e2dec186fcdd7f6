import type { SamCall } from "../command.ts";
import { SamFailure } from "../failure.ts";
import { type Buildable, buildablesIn } from "./buildable.ts";
import { type LocalStack, objectIn } from "./localStack.ts";

/** What of an application is built: all of it but what is excluded, or one resource with its layers. */
export const selectBuildables = (
  { given, argument, io }: Pick<SamCall, "given" | "argument" | "io">,
  stacks: readonly LocalStack[],
  baseFolder: string | undefined,
): readonly Buildable[] => {
  const all = stacks.flatMap((stack) => buildablesIn(stack, baseFolder));
  const excluded = given.words("exclude");
  if (argument === undefined) return all.filter(({ id }) => !excluded.includes(id));
  const one = all.find(({ id, fullPath }) => id === argument || fullPath === argument);
  if (!one) {
    const options = all.map(({ id }) => `'${id}'`).join(", ");
    io.err(`${argument} not found. Possible options in your template: [${options}]\n`);
    throw new SamFailure(`Unable to find a function or layer with name '${argument}'`);
  }
  if (excluded.includes(argument))
    io.err("Resource expected to be built, but marked as excluded.\nBuilding anyways...\n");
  const layers = layersOf(stacks, one);
  return [one, ...all.filter((each) => each !== one && each.kind === "layer" && layers.includes(each.fullPath))];
};

/** The layers of its own stack that a function names. */
const layersOf = (stacks: readonly LocalStack[], { fullPath, id }: Buildable): readonly string[] => {
  const prefix = fullPath.slice(0, fullPath.length - id.length);
  const stack = stacks.find(({ path }) => (path === "" ? "" : `${path}/`) === prefix);
  const layers = objectIn(objectIn(stack?.resources, id), "Properties")["Layers"];
  return (Array.isArray(layers) ? layers : []).flatMap((layer) =>
    typeof layer === "object" && layer !== null && "Ref" in layer ? [`${prefix}${String(layer.Ref)}`] : [],
  );
};
