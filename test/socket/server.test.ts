import { Agent, request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCloud } from "../../src/index.ts";
import { MAX_BUFFERED_BYTES } from "../../src/wire/body.ts";
import { configOf, type SocketCloud, socketCloud, temporaryDirectory } from "./clouds.ts";

const MIB = 1024 * 1024;
const SKEW_MS = 20 * 60_000;

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("nothing was refused"),
    (error: { name: string; message: string; $metadata?: { httpStatusCode?: number } }) => ({
      code: error.name,
      message: error.message,
      status: error.$metadata?.httpStatusCode,
    }),
  );

describe.each(["memory", "disk"] as const)("a cloud on a port, its state in %s", (kind) => {
  let running: SocketCloud;
  beforeAll(async () => {
    running = await socketCloud(kind);
  });
  afterAll(() => running[Symbol.asyncDispose]());

  it("says that it is well, to anyone", async () => {
    const response = await fetch(`${running.cloud.endpoint}/_aloft/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "ok", pid: process.pid });
  });

  it("answers to names of this machine only", async () => {
    const statusAs = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { port } = running.cloud;
        httpRequest({ port, host: "127.0.0.1", path: "/_aloft/health", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .once("error", reject)
          .end();
      });
    expect(await statusAs(`localhost:${running.cloud.port}`)).toBe(200);
    expect(await statusAs("rebound.example")).toBe(421);
  });

  it("takes calls of every protocol family", async () => {
    const identity = await new STSClient(running.config).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:iam::${running.cloud.accountId}:root`);
    const secrets = new SecretsManagerClient(running.config);
    await secrets.send(new CreateSecretCommand({ Name: "a", SecretString: "kept" }));
    expect((await secrets.send(new GetSecretValueCommand({ SecretId: "a" }))).SecretString).toBe("kept");
  });

  it("takes uploads in chunks, with checksums behind them, and gives ranges back", async () => {
    const s3 = new S3Client(running.config);
    await s3.send(new CreateBucketCommand({ Bucket: "chunks" }));
    const piece = Buffer.alloc(64 * 1024, "aloft ");
    const pieces = Array.from({ length: 80 }, () => piece);
    await s3.send(
      new PutObjectCommand({
        Bucket: "chunks",
        Key: "streamed",
        Body: Readable.from(pieces, { objectMode: false }),
        ContentLength: piece.length * pieces.length,
        ChecksumAlgorithm: "SHA256",
      }),
    );
    const head = await s3.send(new HeadObjectCommand({ Bucket: "chunks", Key: "streamed", ChecksumMode: "ENABLED" }));
    expect(head.ContentLength).toBe(piece.length * pieces.length);
    expect(head.ChecksumSHA256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const whole = await s3.send(new GetObjectCommand({ Bucket: "chunks", Key: "streamed" }));
    const bytes = Buffer.from((await whole.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat(pieces))).toBe(true);
    const part = await s3.send(new GetObjectCommand({ Bucket: "chunks", Key: "streamed", Range: "bytes=0-4" }));
    expect(part.ContentRange).toBe(`bytes 0-4/${bytes.length}`);
    expect(await part.Body?.transformToString()).toBe("aloft");
  });

  it("serves many requests over one connection", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    agent.on("free", (socket) => ports.add(socket.localPort));
    const client = new SecretsManagerClient({
      ...running.config,
      requestHandler: new NodeHttpHandler({ httpAgent: agent }),
    });
    await Promise.all(Array.from({ length: 50 }, () => client.send(new ListSecretsCommand({}))));
    expect(ports.size).toBe(1);
    client.destroy();
  });

  it("refuses a body over the limit by name, and goes on", async () => {
    const secrets = new SecretsManagerClient(running.config);
    const tooMuch = "x".repeat(MAX_BUFFERED_BYTES + MIB);
    const refused = await refusalOf(secrets.send(new CreateSecretCommand({ Name: "big", SecretString: tooMuch })));
    expect(refused).toMatchObject({ code: "RequestEntityTooLargeException", status: 413 });
    expect((await secrets.send(new GetSecretValueCommand({ SecretId: "a" }))).SecretString).toBe("kept");
  }, 60_000);

  it("refuses wrong and expired signatures in each family's words", async () => {
    const wrongSecret = {
      ...running.config,
      credentials: { ...running.config.credentials, secretAccessKey: "another" },
    };
    const unknownKey = { ...running.config, credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" } };
    const late = { ...running.config, systemClockOffset: -SKEW_MS };
    const ask = {
      json: (config: object) => refusalOf(new SecretsManagerClient(config).send(new ListSecretsCommand({}))),
      query: (config: object) => refusalOf(new STSClient(config).send(new GetCallerIdentityCommand({}))),
      s3: (config: object) =>
        refusalOf(new S3Client(config).send(new GetObjectCommand({ Bucket: "chunks", Key: "streamed" }))),
    };
    expect(await ask.json(wrongSecret)).toMatchObject({ code: "InvalidSignatureException", status: 400 });
    expect(await ask.query(wrongSecret)).toMatchObject({ code: "SignatureDoesNotMatch", status: 403 });
    expect(await ask.s3(wrongSecret)).toMatchObject({ code: "SignatureDoesNotMatch", status: 403 });
    expect(await ask.json(unknownKey)).toMatchObject({ code: "UnrecognizedClientException", status: 400 });
    expect(await ask.query(unknownKey)).toMatchObject({ code: "InvalidClientTokenId", status: 403 });
    expect(await ask.s3(unknownKey)).toMatchObject({ code: "InvalidAccessKeyId", status: 403 });
    expect((await ask.json(late)).message).toMatch(/^Signature expired: \d{8}T\d{6}Z is now earlier than/);
    expect((await ask.query(late)).message).toMatch(/^Signature expired/);
    expect(await ask.s3(late)).toMatchObject({ code: "RequestTimeTooSkewed", status: 403 });
  });

  it("refuses what is not signed at all", async () => {
    const response = await fetch(running.cloud.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.ListSecrets", "content-type": "application/x-amz-json-1.1" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("MissingAuthenticationTokenException");
    const listed = await fetch(`${running.cloud.endpoint}/chunks`);
    expect([listed.status, await listed.text()]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
  });

  it("empties itself when its root says so", async () => {
    await running.cloud.reset();
    const { SecretList } = await new SecretsManagerClient(running.config).send(new ListSecretsCommand({}));
    expect(SecretList).toEqual([]);
    const unsigned = await fetch(`${running.cloud.endpoint}/_aloft/reset`, { method: "POST" });
    expect(unsigned.status).toBe(403);
  });
});

describe("starting", () => {
  it("on a port in use says so, and lets go of the state", async () => {
    await using first = await socketCloud("memory");
    using directory = temporaryDirectory();
    const start = (port: number) => startCloud({ port, state: directory.path });
    await expect(start(first.cloud.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    await using second = await start(0);
    expect(second.port).toBeGreaterThan(0);
  });

  it("on a state in use says whose it is", async () => {
    await using first = await socketCloud("disk");
    const again = startCloud({ ...(first.state ? { state: first.state } : {}) });
    await expect(again).rejects.toMatchObject({ name: "StateInUse" });
    const error = await again.catch((caught: Error) => caught);
    expect(String(error)).toContain(String(process.pid));
  });

  it("again on the same state finds everything, credentials included", async () => {
    using directory = temporaryDirectory();
    const first = await startCloud({ state: directory.path });
    await new SecretsManagerClient(configOf(first)).send(new CreateSecretCommand({ Name: "a", SecretString: "kept" }));
    const s3 = new S3Client(configOf(first));
    await s3.send(new CreateBucketCommand({ Bucket: "kept" }));
    await s3.send(new PutObjectCommand({ Bucket: "kept", Key: "k", Body: "bytes" }));
    await first[Symbol.asyncDispose]();
    await using second = await startCloud({ state: directory.path });
    expect(second.credentials).toEqual(first.credentials);
    const secrets = new SecretsManagerClient(configOf(second));
    expect((await secrets.send(new GetSecretValueCommand({ SecretId: "a" }))).SecretString).toBe("kept");
    const object = await new S3Client(configOf(second)).send(new GetObjectCommand({ Bucket: "kept", Key: "k" }));
    expect(await text(object.Body as Readable)).toBe("bytes");
  });

  it("keeps credentials and data from other users of the machine", async () => {
    await using running = await socketCloud("disk");
    const { stat } = await import("node:fs/promises");
    const mode = (await stat(`${running.state}/credentials.json`)).mode & 0o777;
    expect(mode).toBe(0o600);
  });
});
