import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Sdk } from "../clients.ts";
import type { Io } from "../io.ts";
import type { LocalPlace, S3Place } from "./uri.ts";

/** A file or an object below a place. */
export interface Item {
  /** Relative to the place, with slashes. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Files below a folder, in the order of their names. */
export const localItems = async ({ path }: LocalPlace, io: Io, followLinks = true): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const visit = async (name: string): Promise<void> => {
    const folder = join(resolve(io.cwd, path), name);
    for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = name === "" ? entry.name : `${name}/${entry.name}`;
      if (entry.isSymbolicLink() && !followLinks) continue;
      const status = await statusOf(join(folder, entry.name));
      if (status?.isDirectory()) await visit(child);
      else if (status?.isFile()) items.push({ name: child, size: status.size, modifiedAt: status.mtimeMs });
    }
  };
  await visit("");
  return items;
};

/** A file's status; undefined when there is none, or a link leads nowhere. */
export const statusOf = async (path: string) => {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
};

/** Objects below a prefix, in the order of their keys. Keys that end with a slash stand for folders and are left out. */
export const s3Items = async (sdk: Sdk, { bucket, key }: S3Place): Promise<readonly Item[]> => {
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  const items: Item[] = [];
  for await (const object of s3Objects(sdk, bucket, prefix)) {
    if (!object.key.endsWith("/")) items.push({ ...object, name: object.key.slice(prefix.length) });
  }
  return items;
};

export interface S3Object {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
}

/** All objects whose keys begin so. */
export async function* s3Objects(sdk: Sdk, Bucket: string, Prefix: string): AsyncGenerator<S3Object> {
  let ContinuationToken: unknown;
  do {
    const page = await sdk.send("ListObjectsV2", { Bucket, Prefix, ContinuationToken });
    for (const { Key, Size, LastModified } of listOf(page["Contents"])) {
      yield {
        key: String(Key),
        size: Number(Size ?? 0),
        modifiedAt: LastModified instanceof Date ? LastModified.getTime() : 0,
      };
    }
    ContinuationToken = page["NextContinuationToken"];
  } while (ContinuationToken !== undefined);
}

/** A member of an answer that is a list of structures. */
export const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value : [];
