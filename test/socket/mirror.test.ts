import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callControl } from "../../src/cli/control.ts";
import { branchOf, mirrorPath } from "../../src/cli/mirror.ts";
import { readCredentials } from "../../src/cli/settings.ts";
import { type Cloud, startCloud } from "../../src/index.ts";
import type { CloudEvent } from "../../src/kernel/events.ts";
import { zipOf } from "../../src/services/codepipeline/artifacts.ts";
import { stackOf } from "../stackOf.ts";

const run = promisify(execFile);
let folder = "";
let project = "";
let state = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "aloft-mirror-"));
  project = join(folder, "project");
  state = join(folder, "state");
  await run("git", ["init", "-q", "-b", "trunk", project]);
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = async (...args: string[]) =>
  (
    await run("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: project,
      env: { PATH: process.env["PATH"], HOME: folder },
    })
  ).stdout.trim();
const commit = async (text: string) => {
  writeFileSync(join(project, "file"), text);
  await git("add", "-A");
  await git("commit", "-q", "-m", text);
  return git("rev-parse", "HEAD");
};
const control = (cloud: Cloud, method: string, path: string) =>
  callControl(
    { pid: process.pid, endpoint: cloud.endpoint, region: cloud.region, accountId: cloud.accountId },
    state,
    method,
    path,
  );
const start = (cloud: Cloud, more: object = {}) =>
  control(cloud, "POST", mirrorPath({ name: "app", path: project, branch: "trunk", ...more }));
const api = (cloud: Cloud, method: string, path: string, body?: object) =>
  fetch(`${cloud.endpoint}/git/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${readCredentials(state)?.secretAccessKey}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const headOf = async (cloud: Cloud): Promise<unknown> =>
  ((await (await api(cloud, "GET", "/repos/aloft/app/git/ref/heads/main")).json()) as { object?: { sha: string } })
    .object?.sha;
/** The next push that the Git host tells of. */
const nextPush = (cloud: Cloud): Promise<CloudEvent> =>
  new Promise((resolve) => {
    const stop = cloud.events.subscribe((event) => {
      if (event.detailType !== "Git Push") return;
      stop();
      resolve(event);
    });
  });
/** Everything that lies in the user's repository, and when it was written. */
const traces = (): string[] =>
  readdirSync(join(project, ".git"), { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => `${name} ${statSync(join(project, ".git", name)).mtimeMs}`);

test("a launched repository follows the project's branch, commit by commit, and survives a restart", {
  timeout: 60_000,
}, async () => {
  const first = await commit("one");
  expect(await branchOf(project)).toBe("trunk");
  {
    await using cloud = await startCloud({ state });
    expect(await start(cloud)).toMatchObject({ state: "waiting", into: "main" });
    const before = traces();
    expect((await api(cloud, "POST", "/user/repos", { name: "app" })).status).toBe(201);
    expect(await headOf(cloud)).toBe(first);
    await cloud.tasks.idle();
    expect(traces()).toEqual(before);

    const pushed = nextPush(cloud);
    const second = await commit("two");
    expect((await pushed).detail).toMatchObject({ ref: "refs/heads/main", before: first, commits: [second] });
    const again = nextPush(cloud);
    await git("commit", "-q", "--amend", "-m", "second");
    expect((await again).detail).toMatchObject({ commits: [await git("rev-parse", "HEAD")] });
    const refused = await api(cloud, "PUT", "/repos/aloft/app/contents/x", { message: "m", content: "YQ==" });
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining("aloft mirror stop")]);
  }
  const away = await commit("while the cloud was away");
  await using cloud = await startCloud({ state });
  const following = { path: project, branch: "trunk", state: "following", commit: away };
  await expect
    .poll(() => control(cloud, "GET", mirrorPath()), { timeout: 20_000 })
    .toMatchObject({ mirrors: [following] });
  expect(await headOf(cloud)).toBe(away);

  expect(await control(cloud, "DELETE", mirrorPath({ name: "app" }))).toEqual({ stopped: true });
  expect(await control(cloud, "DELETE", mirrorPath({ name: "app" }))).toEqual({ stopped: false });
  expect((await api(cloud, "PUT", "/repos/aloft/app/contents/x", { message: "m", content: "YQ==" })).status).toBe(201);
  // What was written here meanwhile is not thrown away without being asked.
  await expect(start(cloud)).rejects.toThrow("has commits that the branch trunk");
  const forced = nextPush(cloud);
  await start(cloud, { force: true });
  expect((await forced).detail).toMatchObject({ commits: [away] });
});

test("what cannot be followed is refused", { timeout: 60_000 }, async () => {
  await using cloud = await startCloud({ state });
  expect(await branchOf(project)).toBeUndefined();
  await expect(start(cloud)).rejects.toThrow("has no branch trunk");
  await commit("one");
  await expect(start(cloud, { path: join(project, "none") })).rejects.toThrow("There is no folder");
  await expect(start(cloud, { path: "relative" })).rejects.toThrow("path must be absolute");
  await expect(start(cloud, { path: folder })).rejects.toThrow("not a git repository");
  await expect(start(cloud, { name: "../up" })).rejects.toThrow("no name of a repository");
});

test("what a launch made of files that were in no commit gives way to the project's history, whose head alone is new", {
  timeout: 60_000,
}, async () => {
  await commit("one");
  const second = await commit("two");
  await using cloud = await startCloud({ state });
  const { accessKeyId = "", secretAccessKey = "" } = readCredentials(state) ?? {};
  const credentials = { accessKeyId, secretAccessKey };
  const config = { region: cloud.region, endpoint: cloud.endpoint, credentials, forcePathStyle: true };
  const s3 = new S3Client(config);
  await s3.send(new CreateBucketCommand({ Bucket: "code" }));
  await s3.send(new PutObjectCommand({ Bucket: "code", Key: "app.zip", Body: await zipOf("pipeline.yml", "{}") }));
  const client = <C>(Client: new (given: never) => C) => new Client(config as never);
  const { status } = await stackOf({ client, tasks: cloud.tasks } as never).create({
    Resources: {
      Repository: {
        Type: "AWS::CodeStar::GitHubRepository",
        Properties: {
          RepositoryOwner: "aloft",
          RepositoryName: "app",
          Code: { S3: { Bucket: "code", Key: "app.zip" } },
        },
      },
    },
  });
  expect(status).toBe("CREATE_COMPLETE");
  const pushed = nextPush(cloud);
  await start(cloud);
  expect((await pushed).detail).toMatchObject({ ref: "refs/heads/main", commits: [second] });
  expect(await headOf(cloud)).toBe(second);
  await start(cloud);
});
