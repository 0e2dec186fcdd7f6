import { expect, test } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";
import { testClock } from "../../src/kernel/clock.ts";
import { consoleLinkOf } from "../consoleLink.ts";

const CONSOLE = "/_aloft/console/";

const cookieOf = (response: Response): string => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

interface Visit {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

const signIn = async (cloud: Cloud): Promise<Visit> => {
  const cookie = cookieOf(await fetch(await consoleLinkOf(cloud)));
  const get: Visit["get"] = (path, headers = {}) =>
    fetch(`${cloud.endpoint}${CONSOLE}${path}`, { headers: { cookie, ...headers } });
  const { csrf } = (await (await get("session")).json()) as { csrf: string };
  return {
    get,
    post: (path, body, headers = {}) =>
      fetch(`${cloud.endpoint}${CONSOLE}${path}`, {
        method: "POST",
        headers: { cookie, "x-aloft-csrf": csrf, ...headers },
        body: JSON.stringify(body),
      }),
  };
};

test("a browser at the root is sent to the console, an API client is not", async () => {
  await using cloud = await startCloud();
  const visit = await fetch(cloud.endpoint, { headers: { accept: "text/html,*/*" }, redirect: "manual" });
  expect([visit.status, visit.headers.get("location")]).toEqual([303, CONSOLE]);
  const client = await fetch(cloud.endpoint, { headers: { accept: "*/*" }, redirect: "manual" });
  expect(client.headers.get("content-type")).toContain("xml");
});

test("nothing opens without a link, and a link opens once", async () => {
  await using cloud = await startCloud();
  for (const path of ["session", "events", "log/calls", "permissions", "object?bucket=a&key=b", "nothing"])
    expect([path, (await fetch(`${cloud.endpoint}${CONSOLE}${path}`)).status]).toEqual([path, 401]);
  const locked = await fetch(`${cloud.endpoint}${CONSOLE}`);
  expect(locked.status).toBe(401);
  expect(await locked.text()).toContain("aloft open --console");
  const forged = await fetch(`${cloud.endpoint}${CONSOLE}session`, {
    headers: { cookie: `aloft-session-${cloud.port}=AAAA` },
  });
  expect(forged.status).toBe(401);
  const unsigned = await fetch(`${cloud.endpoint}/_aloft/console-link`, { method: "POST" });
  expect(unsigned.status).toBe(403);

  const link = await consoleLinkOf(cloud);
  const first = await fetch(link);
  expect(first.status).toBe(200);
  const cookies = first.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.slice(cookie.indexOf(";")))).toEqual(
    ["/_aloft/console/", "/git/"].map((path) => `; Path=${path}; Max-Age=43200; HttpOnly; SameSite=Strict`),
  );
  const pages = await fetch(`${cloud.endpoint}/git/`, { headers: { cookie: cookieOf(first) } });
  expect([pages.status, await pages.text()]).toEqual([200, expect.stringContaining("Repositories")]);
  expect((await fetch(`${cloud.endpoint}/git/`, { headers: { cookie: "aloft-session=AAAA" } })).status).toBe(401);
  const second = await fetch(link);
  expect(second.status).toBe(403);
  expect(second.headers.get("set-cookie")).toBeNull();
});

test("clouds side by side keep their sessions apart", async () => {
  await using one = await startCloud();
  await using two = await startCloud();
  const cookies = [cookieOf(await fetch(await consoleLinkOf(one))), cookieOf(await fetch(await consoleLinkOf(two)))];
  const headers = { cookie: cookies.join("; ") };
  for (const { endpoint } of [one, two])
    expect((await fetch(`${endpoint}${CONSOLE}session`, { headers })).status).toBe(200);
});

test("a session calls operations, and hears AWS's refusals and what is not built", async () => {
  await using cloud = await startCloud();
  const { post } = await signIn(cloud);
  const call = async (service: string, operation: string, input: object) => {
    const answer = await post("call", { service, operation, input });
    return [answer.status, await answer.json()];
  };
  const secret = { Name: "a", SecretBinary: Buffer.from("bytes").toString("base64") };
  expect(await call("secretsmanager", "CreateSecret", secret)).toMatchObject([200, { output: { Name: "a" } }]);
  expect(await call("secretsmanager", "GetSecretValue", { SecretId: "a" })).toMatchObject([
    200,
    { output: { SecretBinary: secret.SecretBinary, CreatedDate: expect.stringMatching(/^\d{4}-.*Z$/) } },
  ]);
  expect(await call("secretsmanager", "GetSecretValue", { SecretId: "b" })).toMatchObject([
    400,
    { error: { code: "ResourceNotFoundException" } },
  ]);
  expect(await call("secretsmanager", "GetSecretValue", {})).toMatchObject([
    400,
    { error: { code: "ValidationException" } },
  ]);
  expect(await call("nowhere", "Nothing", {})).toMatchObject([501, { error: { code: "NotImplemented" } }]);
});

test("what another page sends is refused", async () => {
  await using cloud = await startCloud();
  const { get, post } = await signIn(cloud);
  const body = { service: "sts", operation: "GetCallerIdentity", input: {} };
  const refused: readonly Record<string, string>[] = [
    { "x-aloft-csrf": "guess" },
    { "x-aloft-csrf": "" },
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of refused) expect([headers, (await post("call", body, headers)).status]).toEqual([headers, 403]);
  expect((await get("session", { "sec-fetch-site": "same-site" })).status).toBe(403);
  expect((await post("call", body, { origin: cloud.endpoint, "sec-fetch-site": "same-origin" })).status).toBe(200);
});

test("pages of others at the console's host get an origin of their own", async () => {
  await using cloud = await startCloud();
  const headers = { "sec-fetch-dest": "document", accept: "text/html" };
  const page = await fetch(`${cloud.endpoint}/some-bucket/page.html`, { headers });
  expect(page.headers.get("content-security-policy")).toMatch(/^sandbox /);
  const call = await fetch(`${cloud.endpoint}/some-bucket/page.html`);
  expect(call.headers.get("content-security-policy")).toBeNull();
});

test("the stream tells what happens, and takes up where it broke off", async () => {
  await using cloud = await startCloud();
  const { get } = await signIn(cloud);
  const emit = (detailType: string) =>
    cloud.events.emit({
      ...{ id: detailType, time: 0, source: "aws.test", detailType, account: "", region: "" },
      ...{ resources: [], detail: {} },
    });
  const first = await listen(await get("events"));
  const reset = await first.next("reset");
  emit("One");
  const one = await first.next("happened");
  expect(one.data.events).toMatchObject([{ detailType: "One" }]);
  await first.close();

  emit("Two");
  emit("Three");
  const second = await listen(await get("events", { "last-event-id": one.id }));
  expect((await second.next("happened")).data.events).toMatchObject([{ detailType: "Two" }, { detailType: "Three" }]);
  await second.close();

  const stranger = await listen(await get("events", { "last-event-id": `other.${reset.id.split(".")[1]}` }));
  expect((await stranger.next("reset")).data).toEqual({});
  await stranger.close();
});

interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly events: unknown };
}

/** Reads server-sent events from an answer. */
const listen = async (response: Response) => {
  const reader = response.body!.getReader();
  let text = "";
  const next = async (type: string): Promise<Message> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: (.*)/s)),
        );
        text = text.slice(end + 2);
        if (fields["event"] === type) return { id: fields["id"], type, data: JSON.parse(fields["data"]) };
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("the stream ended");
      text += Buffer.from(value).toString();
    }
  };
  return { next, close: () => reader.cancel() };
};

test("the log of calls tells who was let through, and a role's use is counted", async () => {
  await using cloud = await startCloud();
  const { get, post } = await signIn(cloud);
  const call = (service: string, operation: string, input: object) => post("call", { service, operation, input });
  const trust = {
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    Version: "2012-10-17",
  };
  const policy = { Statement: [{ Effect: "Allow", Action: "sqs:ListQueues", Resource: "*" }], Version: "2012-10-17" };
  await call("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: JSON.stringify(trust) });
  await call("iam", "PutRolePolicy", { RoleName: "r", PolicyName: "p", PolicyDocument: JSON.stringify(policy) });
  const RoleArn = `arn:aws:iam::${cloud.accountId}:role/r`;
  const assumed = (await (await call("sts", "AssumeRole", { RoleArn, RoleSessionName: "session" })).json()) as {
    output: { Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } };
  };
  const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.output.Credentials;
  const { SQSClient, ListQueuesCommand, CreateQueueCommand } = await import("@aws-sdk/client-sqs");
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const client = new SQSClient({ region: cloud.region, endpoint: cloud.endpoint, credentials });
  await client.send(new ListQueuesCommand({}));
  await expect(client.send(new CreateQueueCommand({ QueueName: "q" }))).rejects.toThrow(/not authorized/);

  const { calls } = (await (await get(`log/calls?role=${RoleArn}`)).json()) as { calls: object[] };
  expect(calls).toMatchObject([
    { service: "sqs", operation: "CreateQueue", decision: "denied", required: [{ action: "sqs:CreateQueue" }] },
    { service: "sqs", operation: "ListQueues", decision: "allowed", principalKind: "role" },
  ]);
  const { permissions } = (await (await get(`permissions?role=${RoleArn}`)).json()) as { permissions: object[] };
  expect(permissions).toMatchObject([
    { action: "sqs:ListQueues", allowed: 1, denied: 0 },
    { action: "sqs:CreateQueue", allowed: 0, denied: 1 },
  ]);
  const all = (await (await get("log/calls?text=iam:createrole")).json()) as { calls: object[] };
  expect(all.calls).toMatchObject([{ operation: "CreateRole", decision: "allowed" }]);
});

test("objects go up and come down in parts, never as a page of the console", async () => {
  await using cloud = await startCloud();
  const { get, post } = await signIn(cloud);
  await post("call", { service: "s3", operation: "CreateBucket", input: { Bucket: "files" } });
  const { csrf } = (await (await get("session")).json()) as { csrf: string };
  const cookie = cookieOf(await fetch(await consoleLinkOf(cloud)));
  const refused = await fetch(`${cloud.endpoint}${CONSOLE}object?bucket=files&key=a.html`, {
    method: "PUT",
    headers: { cookie, "x-aloft-csrf": csrf },
    body: "x",
  });
  expect(refused.status).toBe(403);
  const other = (await (await fetch(`${cloud.endpoint}${CONSOLE}session`, { headers: { cookie } })).json()) as {
    csrf: string;
  };
  const stored = await fetch(`${cloud.endpoint}${CONSOLE}object?bucket=files&key=a.html`, {
    method: "PUT",
    headers: { cookie, "x-aloft-csrf": other.csrf, "content-type": "text/html" },
    body: "<script>alert(1)</script>",
  });
  expect(stored.status).toBe(200);
  const part = await get("object?bucket=files&key=a.html", { range: "bytes=1-6" });
  expect([part.status, await part.text(), part.headers.get("content-security-policy")]).toEqual([
    206,
    "script",
    "default-src 'none'; sandbox",
  ]);
});

test("a reset makes the cloud as new: nothing in its logs, its clock where it began", async () => {
  await using cloud = await startCloud({ clock: testClock() });
  const visit = await signIn(cloud);
  const began = cloud.clock.now();
  await visit.post("call", { service: "secretsmanager", operation: "CreateSecret", input: { Name: "a" } });
  cloud.events.emit({
    ...{ id: "1", time: began, source: "aws.s3", detailType: "Object Created", account: "", region: "" },
    ...{ resources: [], detail: {} },
  });
  cloud.clock.advance(86_400_000);
  const read = async (log: "calls" | "events") =>
    ((await (await visit.get(`log/${log}`)).json()) as Record<string, readonly unknown[]>)[log];
  expect([(await read("calls"))?.length, (await read("events"))?.length]).toEqual([1, 1]);
  await cloud.reset();
  expect([await read("calls"), await read("events")]).toEqual([[], []]);
  expect(cloud.clock.now()).toBe(began);
});
