import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { usageError } from "../io.ts";
import { below, itemsBelow, stepOf } from "./copy.ts";
import { passes } from "./filters.ts";
import type { Item } from "./listing.ts";
import { runSteps, type Step, type Transfer } from "./transfer.ts";
import { placeOf } from "./uri.ts";

/** `aws s3 sync`: copies what is missing, of another size or older in the target; with `--delete` removes what is gone. */
export const sync = async (transfer: Transfer): Promise<number> => {
  const { options, io } = transfer;
  const [source, target] = options.positional;
  if (source === undefined || target === undefined) throw usageError("the following arguments are required: paths");
  const from = placeOf(source);
  const to = placeOf(target);
  if (from.kind !== "s3" && to.kind !== "s3")
    throw usageError("Invalid argument type: neither path is an S3 URI, and one of them must be");
  if (to.kind === "local") await mkdir(resolve(io.cwd, to.path), { recursive: true });
  const [sources, targets] = await Promise.all([itemsBelow(transfer, from), itemsBelow(transfer, to)]);
  const there = new Map(targets.map((item) => [item.name, item]));
  const kept = sources.filter(({ name }) => passes(name, options.filters));
  const changed = kept.filter((item) => differs(item, there.get(item.name), transfer));
  const copies: readonly Step[] = changed.map(({ name }) =>
    stepOf(below(from, name, io.cwd), below(to, name, io.cwd), false),
  );
  const names = new Set(sources.map(({ name }) => name));
  const gone = options.has("delete")
    ? targets.filter(({ name }) => !names.has(name) && passes(name, options.filters))
    : [];
  const deletions: readonly Step[] = gone.map(({ name }) => ({ verb: "delete", from: below(to, name, io.cwd) }));
  return runSteps(transfer, [...copies, ...deletions]);
};

/** S3 keeps times to the second. */
const differs = (source: Item, target: Item | undefined, { options }: Transfer): boolean => {
  if (!target || source.size !== target.size) return true;
  if (options.has("size-only")) return false;
  const seconds = (item: Item) => Math.floor(item.modifiedAt / 1000);
  if (options.has("exact-timestamps")) return seconds(source) !== seconds(target);
  return seconds(source) > seconds(target);
};
