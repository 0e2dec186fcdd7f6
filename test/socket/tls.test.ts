import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { Agent, type RequestOptions, request } from "node:https";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";

/** A tunnel through the cloud's proxy, or what it was refused with. */
const tunnel = (cloud: Cloud, target: string) =>
  new Promise<{ status: number; socket: Socket; body: string }>((resolve, reject) => {
    const asked = httpRequest({ port: cloud.port, host: "127.0.0.1", method: "CONNECT", path: target });
    asked.once("connect", (response, socket, head) => {
      const done = (body: string) => resolve({ status: response.statusCode ?? 0, socket: socket as Socket, body });
      if (response.statusCode === 200) done("");
      else text(socket).then((rest) => done(head.toString() + rest), reject);
    });
    asked.once("error", reject).end();
  });

/** What clients from before AWS_ENDPOINT_URL do when they are given a proxy. */
const proxied = (cloud: Cloud, ca: string) => {
  const agent = new Agent({ ca });
  agent.createConnection = (options, made) => {
    const { host, servername } = options as { host: string; servername?: string };
    tunnel(cloud, `${host}:443`).then(
      ({ socket }) => made?.(null, connect({ socket, servername: servername ?? host, ca })),
      (error) => made?.(error, undefined as never),
    );
    return undefined;
  };
  return agent;
};

const get = (options: RequestOptions) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    request(options, async (response) => resolve({ status: response.statusCode ?? 0, body: await text(response) }))
      .once("error", reject)
      .end();
  });

describe("TLS on the API's port", () => {
  let cloud: Cloud;
  let state: string;
  let ca: string;
  beforeAll(async () => {
    state = mkdtempSync(join(tmpdir(), "aloft-tls-"));
    cloud = await startCloud({ state });
    // The first connection makes the authority, and shows it to nobody who has not its certificate.
    await expect(get({ port: cloud.port, path: "/_aloft/health" })).rejects.toThrow(/certificate/);
    ca = JSON.parse(readFileSync(join(state, "tls/authority.json"), "utf8")).certificate;
  });
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(state, { recursive: true, force: true });
  });

  const health = (host: string, servername?: string) =>
    get({
      port: cloud.port,
      host,
      path: "/_aloft/health",
      ca,
      ...(servername ? { servername } : {}),
      agent: new Agent(),
    });

  it("answers under this machine's names", async () => {
    expect(await health("127.0.0.1")).toMatchObject({ status: 200 });
    expect(await health("localhost")).toMatchObject({ status: 200 });
  });

  it("keeps its key to its owner", () => {
    expect(statSync(join(state, "tls/authority.json")).mode & 0o777).toBe(0o600);
  });

  const certificateFor = async (servername: string) => {
    const socket = connect({ port: cloud.port, host: "127.0.0.1", servername, ca });
    try {
      await once(socket, "secureConnect");
      return socket.getPeerCertificate().subjectaltname;
    } finally {
      socket.destroy();
    }
  };

  it("shows a certificate for the name that was asked for", async () => {
    const bucket = "a-bucket.s3.eu-west-1.amazonaws.com";
    expect(await certificateFor(bucket)).toBe(`DNS:${bucket}`);
    expect(await certificateFor("api.execute-api.localhost")).toBe("DNS:api.execute-api.localhost");
  });

  it("vouches for nobody else", async () => {
    await expect(certificateFor("example.com")).rejects.toThrow();
  });

  it("answers plain calls as before", async () => {
    const client = new DynamoDBClient({
      endpoint: cloud.endpoint,
      region: "us-east-1",
      credentials: cloud.credentials,
    });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  it("answers calls over TLS, the next on the same connection too", async () => {
    const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
    const client = new DynamoDBClient({
      endpoint: `https://localhost:${cloud.port}`,
      region: "us-east-1",
      credentials: cloud.credentials,
      requestHandler: new NodeHttpHandler({ httpsAgent: agent }),
    });
    try {
      for (const _ of [1, 2]) expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    } finally {
      agent.destroy();
    }
  });

  describe("through the proxy", () => {
    const settings = () => ({
      credentials: cloud.credentials,
      requestHandler: new NodeHttpHandler({ httpsAgent: proxied(cloud, ca) }),
      maxAttempts: 1,
    });

    it("is AWS under its own names, in any region", async () => {
      const client = new DynamoDBClient({ ...settings(), region: "eu-central-1" });
      expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    });

    it("verifies signatures", async () => {
      const credentials = { ...cloud.credentials, secretAccessKey: "another" };
      const client = new DynamoDBClient({ ...settings(), credentials, region: "us-east-1" });
      await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: "InvalidSignatureException" });
    });

    it("finds buckets in their host names", async () => {
      const client = new S3Client({ ...settings(), region: "us-east-1" });
      await client.send(new CreateBucketCommand({ Bucket: "by-host" }));
      const put = await client.send(new PutObjectCommand({ Bucket: "by-host", Key: "a/b", Body: "c" }));
      expect(put.ETag).toBeTruthy();
      const agent = proxied(cloud, ca);
      expect(await get({ host: "by-host.s3.us-east-1.amazonaws.com", path: "/a/b", agent })).toMatchObject({
        status: 403,
      });
    });

    it("answers requests that say nothing as the service in the host would", async () => {
      const host = "lambda.us-east-1.amazonaws.com";
      const { status, body } = await get({ host, path: "/2015-03-31/functions/", agent: proxied(cloud, ca) });
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ message: "Missing Authentication Token" });
    });

    it.each([
      "example.com:443",
      "amazonaws.com.example.com:443",
      "localhost:22",
      "dynamodb.us-east-1.amazonaws.com:22",
      "10.0.0.1:443",
    ])("refuses %s", async (target) => {
      const { status, body } = await tunnel(cloud, target);
      expect(status).toBe(403);
      expect(body).toContain(`never to ${target}`);
    });
  });
});
