import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat, utimes } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorMessage } from "../../kernel/errors.ts";
import type { Sdk } from "../clients.ts";
import { CliError, EXIT, type Io } from "../io.ts";
import { serviceErrorCode } from "../report.ts";
import { contentTypeOf } from "./contentTypes.ts";
import { objectHeaders, type S3Options } from "./options.ts";
import { type Place, type S3Place, shown } from "./uri.ts";

/** One thing to do, and the words with which it is told. */
export interface Step {
  readonly verb: "upload" | "download" | "copy" | "move" | "delete";
  readonly from: Place;
  readonly to?: Place;
}

export interface Transfer {
  readonly sdk: Sdk;
  readonly options: S3Options;
  readonly io: Io;
}

/** Does all steps, a few at a time. Exit code 1 when any failed; the others are done all the same. */
export const runSteps = async (transfer: Transfer, steps: readonly Step[]): Promise<number> => {
  const { options, io } = transfer;
  const quiet = options.has("quiet") || options.has("only-show-errors");
  const waiting = [...steps];
  let failures = 0;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const told = step.to ? `${shown(step.from)} to ${shown(step.to)}` : shown(step.from);
      const toStream = step.to?.kind === "stream";
      try {
        if (!options.has("dryrun")) await runStep(transfer, step);
        if (!quiet && !toStream) io.out(`${options.has("dryrun") ? "(dryrun) " : ""}${step.verb}: ${told}\n`);
      } catch (error) {
        failures++;
        if (!options.has("quiet")) io.err(`${step.verb} failed: ${told} ${reasonOf(error, step)}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return failures > 0 ? EXIT.s3 : EXIT.ok;
};

/** As many as the AWS CLI runs beside each other. */
const PARALLEL = 10;

const reasonOf = (error: unknown, { verb }: Step): string => {
  const code = serviceErrorCode(error);
  if (code === undefined) return errorMessage(error);
  return `An error occurred (${code}) when calling the ${OPERATIONS[verb]} operation: ${errorMessage(error)}`;
};

const OPERATIONS = {
  upload: "PutObject",
  download: "GetObject",
  copy: "CopyObject",
  move: "CopyObject",
  delete: "DeleteObject",
} as const;

const runStep = async (transfer: Transfer, { verb, from, to }: Step): Promise<void> => {
  if (to) await copy(transfer, from, to);
  if (verb === "move" || verb === "delete") await remove(transfer, from);
};

const copy = async (transfer: Transfer, from: Place, to: Place): Promise<void> => {
  if (to.kind === "s3") return from.kind === "s3" ? copyObject(transfer, from, to) : upload(transfer, from, to);
  if (from.kind === "s3") return download(transfer, from, to);
  throw new CliError("Either the source or the target must be in S3", EXIT.usage);
};

const upload = async ({ sdk, options, io }: Transfer, from: Exclude<Place, S3Place>, to: S3Place): Promise<void> => {
  const object = { Bucket: to.bucket, Key: to.key };
  if (from.kind === "stream")
    return void (await sdk.send("PutObject", { ...object, ...objectHeaders(options), Body: await io.stdin() }));
  const path = resolve(io.cwd, from.path);
  const { size } = await stat(path);
  const guessed = options.has("no-guess-mime-type") ? undefined : contentTypeOf(path);
  await sdk.send("PutObject", {
    ...object,
    ...(guessed ? { ContentType: guessed } : {}),
    ...objectHeaders(options),
    Body: createReadStream(path),
    ContentLength: size,
  });
};

const download = async ({ sdk, io }: Transfer, from: S3Place, to: Exclude<Place, S3Place>): Promise<void> => {
  const { Body, LastModified } = await sdk.send("GetObject", { Bucket: from.bucket, Key: from.key });
  const bytes = Body instanceof Readable ? Body : Readable.from([]);
  if (to.kind === "stream") {
    for await (const chunk of bytes) io.out(chunk);
    return;
  }
  const path = resolve(io.cwd, to.path);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(bytes, createWriteStream(path));
  // A later sync compares times: the file is as old as its object.
  if (LastModified instanceof Date) await utimes(path, LastModified, LastModified);
};

const copyObject = async ({ sdk, options }: Transfer, from: S3Place, to: S3Place): Promise<void> => {
  const headers = objectHeaders(options);
  const replaces = ["CacheControl", "ContentType", "ContentEncoding", "Metadata"].some((name) => name in headers);
  await sdk.send("CopyObject", {
    Bucket: to.bucket,
    Key: to.key,
    CopySource: `${from.bucket}/${from.key.split("/").map(encodeURIComponent).join("/")}`,
    ...headers,
    ...(options.text("metadata-directive") || replaces
      ? { MetadataDirective: options.text("metadata-directive") ?? "REPLACE" }
      : {}),
  });
};

const remove = async ({ sdk, io }: Transfer, place: Place): Promise<void> => {
  if (place.kind === "s3") await sdk.send("DeleteObject", { Bucket: place.bucket, Key: place.key });
  else if (place.kind === "local") await rm(resolve(io.cwd, place.path));
};
