import { loadSdk } from "../clients.ts";
import type { CommandLine } from "../commandLine.ts";
import { NotOurs } from "../io.ts";
import { copyOrMove } from "./copy.ts";
import { list } from "./list.ts";
import { parseS3Options } from "./options.ts";
import { makeBucket, removeBucket, removeObjects } from "./remove.ts";
import { sync } from "./sync.ts";

/** `aws s3 cp|mv|sync|rm|ls|mb|rb`. */
export const runS3 = async (
  { word, words, globals, io }: CommandLine,
  names: (operation: string) => void,
): Promise<number> => {
  const operation = OPERATIONS[word];
  if (operation === undefined) throw new NotOurs(`s3 ${word}`);
  names(operation);
  const options = parseS3Options(words);
  const sdk = await loadSdk("s3api", globals, io);
  const transfer = { sdk, options, io };
  switch (word) {
    case "cp":
    case "mv":
      return copyOrMove(transfer, word === "mv");
    case "sync":
      return sync(transfer);
    case "rm":
      return removeObjects(transfer);
    case "mb":
      return makeBucket(transfer, globals.region ?? "us-east-1");
    case "rb":
      return removeBucket(transfer);
    default:
      return list(transfer);
  }
};

/** The operation each command's failure is told of, and which commands there are. */
const OPERATIONS: Readonly<Record<string, string>> = {
  cp: "ListObjectsV2",
  mv: "ListObjectsV2",
  sync: "ListObjectsV2",
  ls: "ListObjectsV2",
  rm: "DeleteObject",
  mb: "CreateBucket",
  rb: "DeleteBucket",
};
