import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceName } from "../../src/kernel/aws.ts";
import { serviceLoaders } from "../../src/services.ts";
import { wireFacts } from "../../src/wire/facts.ts";
import { aloft, plainEnvironment } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

const LIMIT_MS = 120_000;
/** The Git host speaks no protocol of AWS's. */
const services = (Object.keys(serviceLoaders) as ServiceName[]).filter((name) => name !== "git");

/** A request for an operation that a service does not have: to refuse it, the service must have been loaded. */
const unknownOperation = (name: ServiceName): RequestInit => {
  const { protocol, targetPrefix, signingName, apiVersion } = wireFacts[name];
  const authorization = `AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/${signingName}/aws4_request`;
  if (targetPrefix) return { method: "POST", headers: { "x-amz-target": `${targetPrefix}.Nothing` }, body: "{}" };
  if (protocol !== "awsQuery") return { method: "PATCH", headers: { authorization } };
  return { method: "POST", headers: { authorization }, body: `Action=Nothing&Version=${apiVersion}` };
};

const isRefusal = (status: number) => status >= 400 && status < 500;

// The product as it is shipped: in one bundle, modules are evaluated in another order than from their sources.
describe("the built cloud", () => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-bundle-"));
  const state = join(folder, "state");
  let cli: ReturnType<typeof aloft>;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    cli = aloft({ cwd: folder, env: plainEnvironment(folder), state, port });
    expect((await cli("start")).all).toContain(String(port));
  }, LIMIT_MS);
  afterAll(async () => {
    await cli("stop");
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);

  it.each(services)("has %s", async (name) => {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/nothing`, unknownOperation(name));
    expect({ status: answer.status, body: await answer.text() }).toMatchObject({ status: expect.toSatisfy(isRefusal) });
  });

  it("speaks TLS, and signs what its topics send", { timeout: LIMIT_MS }, async () => {
    const env = JSON.parse((await cli("env", "--proxy", "--json")).stdout);
    expect(await healthOverTls(port, readFileSync(env.ALOFT_CA, "utf8"))).toBe(200);
    await using receiver = await receiveOne();
    const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY };
    const sns = new SNSClient({ endpoint: env.AWS_ENDPOINT_URL, region: "us-east-1", credentials });
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "signed" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: receiver.url }));
    expect(JSON.parse(await receiver.body)).toMatchObject({
      Type: "SubscriptionConfirmation",
      Signature: expect.stringMatching(/^[A-Za-z0-9+/]{64,}=*$/),
    });
  });
});

/** A receiver of one message. */
const receiveOne = async () => {
  const server = createServer();
  const body = new Promise<string>((resolve, reject) => {
    server.once("request", (message: IncomingMessage, response: ServerResponse) => {
      text(message).then(resolve, reject);
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    body,
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
};

const healthOverTls = (port: number, ca: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", servername: "localhost", path: "/_aloft/health", ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
