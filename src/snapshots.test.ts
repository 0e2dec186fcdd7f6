import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Cloud, startCloud } from "./index.ts";
import { randomIds } from "./kernel/ids.ts";
import { deleteSnapshot, listSnapshots, loadSnapshot, saveStopped } from "./snapshots.ts";
import { openState } from "./state.ts";

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "aloft-snapshot-"));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const put = async (cloud: Cloud, text: string) => {
  const config = cloud.clientConfig();
  await new S3Client(config).send(new PutObjectCommand({ Bucket: "kept", Key: "it", Body: text }));
};
const get = async (cloud: Cloud) =>
  (
    await new S3Client(cloud.clientConfig()).send(new GetObjectCommand({ Bucket: "kept", Key: "it" }))
  ).Body?.transformToString();

it("keeps records, blobs and secrets, and comes back to them", async () => {
  const cloud = await startCloud({ state });
  await new S3Client(cloud.clientConfig()).send(new CreateBucketCommand({ Bucket: "kept" }));
  await new SecretsManagerClient(cloud.clientConfig()).send(
    new CreateSecretCommand({ Name: "s", SecretString: "quiet" }),
  );
  await put(cloud, "before");
  await cloud.stop();
  await saveStopped(state, "one");
  const again = await startCloud({ state });
  await put(again, "after");
  await expect(loadSnapshot(state, "one")).rejects.toThrow("in use by");
  await again.stop();

  await loadSnapshot(state, "one");
  const back = await startCloud({ state });
  expect(await get(back)).toBe("before");
  const secret = await new SecretsManagerClient(back.clientConfig()).send(new GetSecretValueCommand({ SecretId: "s" }));
  expect(secret.SecretString).toBe("quiet");
  await back.stop();
  // What was loaded is a copy: it can be loaded again.
  await loadSnapshot(state, "one");
  expect(readdirSync(join(state, "snapshots"))).toEqual(["one"]);
});

it("is taken of a state that is in use, and refuses a name that is taken or none", async () => {
  const kept = await openState(state, randomIds(), undefined);
  kept.store.records.collection<string>("things").put("a", "now");
  await kept.snapshot?.("running");
  kept.store.records.collection<string>("things").put("a", "later");
  await expect(kept.snapshot?.("running")).rejects.toThrow("There is a snapshot running already.");
  for (const name of ["", "..", "a/b", ".hidden", "x".repeat(65)])
    await expect(kept.snapshot?.(name)).rejects.toThrow("A snapshot's name has letters");
  await kept.store[Symbol.asyncDispose]();
  await loadSnapshot(state, "running");
  const back = await openState(state, randomIds(), undefined);
  expect(back.store.records.collection<string>("things").get("a")).toBe("now");
  await back.store[Symbol.asyncDispose]();
  expect(listSnapshots(state).map(({ name }) => name)).toEqual(["running"]);
  deleteSnapshot(state, "running");
  expect(() => deleteSnapshot(state, "running")).toThrow("There is no snapshot running.");
  await expect(loadSnapshot(state, "running")).rejects.toThrow("There is no snapshot running.");
});
