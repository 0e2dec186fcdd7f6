import { basename, posix, relative, resolve } from "node:path";
import { CliError, EXIT, usageError } from "../io.ts";
import { passes } from "./filters.ts";
import { type Item, localItems, s3Items, statusOf } from "./listing.ts";
import { runSteps, type Step, type Transfer } from "./transfer.ts";
import { type Place, placeOf } from "./uri.ts";

/** `aws s3 cp` and `aws s3 mv`. */
export const copyOrMove = async (transfer: Transfer, move: boolean): Promise<number> => {
  const { options, io } = transfer;
  const [source, target] = options.positional;
  if (source === undefined || target === undefined) throw usageError("the following arguments are required: paths");
  const from = placeOf(source);
  const to = placeOf(target);
  if (from.kind !== "s3" && to.kind !== "s3")
    throw usageError("Invalid argument type: neither path is an S3 URI, and one of them must be");
  if (!options.has("recursive")) return runSteps(transfer, [await single(transfer, from, to, target, move)]);
  const items = await itemsBelow(transfer, from);
  const kept = items.filter(({ name }) => passes(name, options.filters));
  return runSteps(
    transfer,
    kept.map(({ name }) => stepOf(below(from, name, io.cwd), below(to, name, io.cwd), move)),
  );
};

/** Everything below a place. */
export const itemsBelow = async ({ sdk, options, io }: Transfer, place: Place): Promise<readonly Item[]> => {
  if (place.kind === "stream")
    throw usageError("Streaming currently is only compatible with non-recursive cp commands");
  if (place.kind === "s3") return s3Items(sdk, place);
  const status = await statusOf(resolve(io.cwd, place.path));
  if (!status?.isDirectory())
    throw new CliError(`\nThe user-provided path ${place.path} does not exist.`, EXIT.general);
  return localItems(place, io, !options.has("no-follow-symlinks"));
};

/** A name below a place; local ones as seen from the working directory. */
export const below = (place: Place, name: string, cwd: string): Place => {
  if (place.kind === "stream") return place;
  if (place.kind === "s3")
    return { ...place, key: place.key === "" ? name : `${place.key.replace(/\/$/, "")}/${name}` };
  return { kind: "local", path: relative(cwd, resolve(cwd, place.path, name)) };
};

export const stepOf = (from: Place, to: Place, move: boolean): Step => {
  if (move) return { verb: "move", from, to };
  if (to.kind !== "s3") return { verb: "download", from, to };
  return { verb: from.kind === "s3" ? "copy" : "upload", from, to };
};

const single = async ({ io }: Transfer, from: Place, to: Place, target: string, move: boolean): Promise<Step> => {
  if (from.kind === "local" && !(await statusOf(resolve(io.cwd, from.path)))?.isFile())
    throw new CliError(`\nThe user-provided path ${from.path} does not exist.`, EXIT.general);
  const name = from.kind === "s3" ? posix.basename(from.key) : from.kind === "local" ? basename(from.path) : "";
  const source = from.kind === "local" ? below(from, "", io.cwd) : from;
  const isFolder =
    to.kind === "s3"
      ? to.key === "" || to.key.endsWith("/")
      : to.kind === "local" && (target.endsWith("/") || (await statusOf(resolve(io.cwd, to.path)))?.isDirectory());
  if (isFolder) return stepOf(source, below(to, name, io.cwd), move);
  return stepOf(source, to.kind === "local" ? below(to, "", io.cwd) : to, move);
};
