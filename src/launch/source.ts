import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import {
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ZipFile } from "yazl";
import { LaunchFailed, type Tell } from "./progress.ts";
import type { Clients } from "./target.ts";

const run = promisify(execFile);

/** The object whose zip fills the repository. */
export interface SourceObject {
  readonly bucket: string;
  readonly key: string;
}

const MAX_ARCHIVE_BYTES = 512 * 1024 * 1024;
const MAX_LISTING_BYTES = 64 * 1024 * 1024;
const NOT_SOURCE = new Set(["node_modules", "dist", "reports", ".git", ".aloft", ".aws-sam"]);
/** Files of a clone carry no times worth keeping; a fixed one makes the same files the same zip. */
const ZIP_TIME = new Date(Date.UTC(2000, 0, 1));

/** Puts the project's files into a bucket that is made when it is not there. */
export const uploadSource = async (
  clients: Clients,
  project: string,
  name: string,
  region: string,
  tell: Tell,
): Promise<SourceObject> => {
  const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
  const source = { bucket: `${name}-source-${Account}-${region}`, key: `${name}.zip` };
  await ensureBucket(clients, source.bucket, region);
  const zip =
    (await committedFiles(project)) ??
    (await zipOf(project, (await filesOfGit(project)) ?? (await filesBelow(project))));
  await clients.s3.send(
    new PutObjectCommand({ Bucket: source.bucket, Key: source.key, Body: zip, ContentType: "application/zip" }),
  );
  tell({
    kind: "step",
    name: "source",
    text: `s3://${source.bucket}/${source.key} (${Math.ceil(zip.length / 1024)} KiB)`,
  });
  return source;
};

const ensureBucket = async ({ s3 }: Clients, bucket: string, region: string): Promise<void> => {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof NotFound || (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404)))
      throw error;
    // AWS: us-east-1 must not be named as a location.
    const location =
      region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
  }
};

/** The project as its last commit has it, or undefined when it is in no repository. */
const committedFiles = async (project: string): Promise<Buffer | undefined> => {
  try {
    // A pipeline that was only just written is in no commit yet, nor are its buildspecs.
    await run("git", ["rev-parse", "--verify", "--quiet", "HEAD:./pipeline.yml"], { cwd: project });
    const { stdout } = await run("git", ["archive", "--format=zip", "HEAD"], {
      cwd: project,
      encoding: "buffer",
      maxBuffer: MAX_ARCHIVE_BYTES,
    });
    return stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new LaunchFailed("git is not on the PATH, and the Git host needs it: install it.", "aloft doctor");
    }
    // Not in a repository, or the pipeline is not committed there: the files on disk are the source.
    return undefined;
  }
};

/** What git would take if all were added now; undefined outside of a repository. */
const filesOfGit = async (project: string): Promise<string[] | undefined> => {
  try {
    const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: project,
      maxBuffer: MAX_LISTING_BYTES,
    });
    const paths = stdout
      .split("\0")
      .filter((path) => path !== "" && !path.split("/").some((part) => NOT_SOURCE.has(part)));
    // What was deleted and not committed is listed still.
    return paths.map((path) => join(project, path)).filter((path) => existsSync(path));
  } catch {
    // In no repository.
    return undefined;
  }
};

const zipOf = async (project: string, paths: readonly string[]): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const path of [...paths].sort()) {
    zip.addBuffer(await readFile(path), relative(project, path).split(sep).join("/"), { mtime: ZIP_TIME });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(({ name }) => !NOT_SOURCE.has(name))
      .map((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])),
  );
  return nested.flat();
};
