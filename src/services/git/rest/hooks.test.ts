import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ApiFixture, apiFixture } from "./testApi.ts";

let fixture: ApiFixture;
let server: Server;
let status = 200;
let received: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeEach(async () => {
  fixture = await apiFixture();
  await fixture.call("POST", "/user/repos", { name: "app" });
  received = [];
  status = 200;
  server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status, { "x-own": "yes" }).end("heard");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
const hooks = "/repos/aloft/app/hooks";
const make = (more: object = {}, config: object = {}) =>
  fixture.call("POST", hooks, {
    config: { url: url(), content_type: "json", secret: "s3cret", ...config },
    events: ["push", "status"],
    ...more,
  });

describe("webhooks", () => {
  it("hear a ping first, and then what they ask for, signed", async () => {
    const hook = await make();
    expect(hook).toMatchObject({
      status: 201,
      body: {
        active: true,
        events: ["push", "status"],
        config: { secret: "********", content_type: "json" },
        last_response: { status: "unused" },
      },
    });
    const sha = await fixture.write("aloft/app", "a", "1");
    await fixture.call("POST", `/repos/aloft/app/statuses/${sha}`, { state: "success" });
    await fixture.cloud.tasks.idle();
    const byEvent = new Map(received.map((each) => [each.headers["x-github-event"], each]));
    expect([...byEvent.keys()].sort()).toEqual(["ping", "push", "status"]);
    const push = byEvent.get("push");
    expect(push?.headers["x-hub-signature-256"]).toBe(
      `sha256=${createHmac("sha256", "s3cret")
        .update(push?.body ?? "")
        .digest("hex")}`,
    );
    expect(JSON.parse(push?.body ?? "")).toMatchObject({
      ref: "refs/heads/main",
      before: "0".repeat(40),
      after: sha,
      created: true,
      head_commit: { id: sha, added: ["a"] },
      repository: { full_name: "aloft/app" },
    });
    expect((await fixture.call("GET", `${hooks}/${hook.body.id}`)).body.last_response).toMatchObject({
      code: 200,
      status: "active",
    });
  });

  it("keep their deliveries, which can be looked at and sent once more", async () => {
    status = 500;
    const { id } = (await make()).body;
    await fixture.cloud.tasks.idle();
    const list = await fixture.call("GET", `${hooks}/${id}/deliveries`);
    expect(list.body).toMatchObject([
      { event: "ping", redelivery: false, status: "Invalid HTTP Response: 500", status_code: 500 },
    ]);
    const one = await fixture.call("GET", `${hooks}/${id}/deliveries/${list.body[0].id}`);
    expect(one.body).toMatchObject({
      request: { headers: { "X-GitHub-Event": "ping" }, payload: { hook_id: id } },
      response: { payload: "heard", headers: { "x-own": "yes" } },
    });
    status = 204;
    expect((await fixture.call("POST", `${hooks}/${id}/deliveries/${list.body[0].id}/attempts`)).status).toBe(202);
    await fixture.cloud.tasks.idle();
    const again = await fixture.call("GET", `${hooks}/${id}/deliveries?per_page=1`);
    expect(again.body).toMatchObject([{ guid: list.body[0].guid, redelivery: true, status_code: 204 }]);
    const next = /<[^>]*\/git\/api\/v3([^>]*)>; rel="next"/.exec(String(again.headers["link"]))?.[1] ?? "";
    expect((await fixture.call("GET", next)).body).toMatchObject([{ redelivery: false }]);
  });

  it("are changed, silenced and removed", async () => {
    const { id } = (await make({}, { content_type: "form" })).body;
    await fixture.cloud.tasks.idle();
    expect(received[0]?.body).toMatch(/^payload=%7B/);
    expect(
      (await fixture.call("PATCH", `${hooks}/${id}`, { active: false, add_events: ["pull_request"] })).body,
    ).toMatchObject({ active: false, events: ["push", "status", "pull_request"], config: { secret: "********" } });
    await fixture.write("aloft/app", "a", "1");
    await fixture.cloud.tasks.idle();
    expect(received).toHaveLength(1);
    expect((await fixture.call("DELETE", `${hooks}/${id}`)).status).toBe(204);
    expect((await fixture.call("GET", `${hooks}/${id}`)).status).toBe(404);
  });

  it("whose server is away say so, and those that reach farther than this machine are refused", async () => {
    const { id } = (await make({}, { url: "http://127.0.0.1:1/" })).body;
    await fixture.cloud.tasks.idle();
    expect((await fixture.call("GET", `${hooks}/${id}/deliveries`)).body).toMatchObject([
      { status: "failed to connect to host", status_code: 0 },
    ]);
    expect(await make({}, { url: "https://example.com/" })).toMatchObject({
      status: 422,
      body: { errors: [{ resource: "Hook" }] },
    });
    expect((await make({}, { url: "ftp://127.0.0.1/" })).status).toBe(422);
    expect((await make({ events: ["star"] })).status).toBe(501);
    expect((await fixture.call("POST", hooks, {})).status).toBe(422);
  });
});
