import {
  FlushStageCacheCommand,
  GetStageCommand,
  type PatchOperation,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lambda, type RestCloud, restCloud } from "./executeRestFixture.ts";
import { createResponseCache } from "./responseCache.ts";

let cloud: RestCloud;

beforeEach(async () => {
  cloud = await restCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** Every run of the function answers with another number. */
const COUNT = `let n = 0;
export const handler = async (event) => ({ statusCode: event.headers.status ?? 200, body: String(++n) })`;

const patched = (restApiId: string, ...patches: readonly (readonly [string, string])[]) =>
  cloud.apis.send(
    new UpdateStageCommand({
      restApiId,
      stageName: "prod",
      patchOperations: patches.map(([path, value]): PatchOperation => ({ op: "replace", path, value })),
    }),
  );

const CACHED = [
  ["/cacheClusterEnabled", "true"],
  ["/*/*/caching/enabled", "true"],
] as const;

const method = (...cacheKeyParameters: readonly string[]) => ({
  "x-amazon-apigateway-integration": { ...lambda["x-amazon-apigateway-integration"], cacheKeyParameters },
});

const cachedApi = async (...patches: readonly (readonly [string, string])[]) => {
  const query = { name: "page", in: "query", type: "string" };
  const get = { ...method("method.request.querystring.page"), parameters: [query] };
  const { restApiId } = await cloud.api({ "/items": { get, post: lambda } }, {}, { code: COUNT });
  await patched(restApiId, ...CACHED, ...patches);
  return restApiId;
};

const asked = async (restApiId: string, path = "/items", more: object = {}) =>
  (await cloud.request(restApiId, `/prod${path}`, more)).text;

describe("a stage's cache", () => {
  test("answers again for as long as its settings say, told apart by the key's parameters", async () => {
    const id = await cachedApi(["/*/*/caching/ttlInSeconds", "60"]);
    expect([await asked(id), await asked(id, "/items?other=1")]).toEqual(["1", "1"]);
    expect([await asked(id, "/items?page=2"), await asked(id, "/items?page=2")]).toEqual(["2", "2"]);
    cloud.clock.advance(60_000);
    expect([await asked(id), await asked(id)]).toEqual(["3", "3"]);
  });

  test("is for GET alone, unless another method's settings say otherwise, and not for errors", async () => {
    const id = await cachedApi();
    const post = () => asked(id, "/items", { method: "POST", body: "{}" });
    expect([await post(), await post()]).toEqual(["1", "2"]);
    await patched(id, ["/~1items/POST/caching/enabled", "true"]);
    expect([await post(), await post()]).toEqual(["3", "3"]);
    const broken = { headers: { status: "500" } };
    expect([await asked(id, "/items", broken), await asked(id)]).toEqual(["4", "5"]);
  });

  test("is flushed when asked to, and when it is turned off", async () => {
    const id = await cachedApi();
    expect([await asked(id), await asked(id)]).toEqual(["1", "1"]);
    await cloud.apis.send(new FlushStageCacheCommand({ restApiId: id, stageName: "prod" }));
    expect([await asked(id), await asked(id)]).toEqual(["2", "2"]);
    expect(await patched(id, ["/cacheClusterEnabled", "false"])).toMatchObject({ cacheClusterStatus: "NOT_AVAILABLE" });
    expect(await asked(id)).toBe("3");
    await patched(id, ["/cacheClusterEnabled", "true"]);
    expect(await asked(id)).toBe("4");
  });

  test("is ready at once, in the size given", async () => {
    const id = await cachedApi(["/cacheClusterSize", "1.6"]);
    expect(await cloud.apis.send(new GetStageCommand({ restApiId: id, stageName: "prod" }))).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: "1.6",
      cacheClusterStatus: "AVAILABLE",
    });
  });
});

describe("a caller who wants a fresh answer", () => {
  const fresh = { "cache-control": "max-age=0" };

  test("is warned without a permission, and hears nothing of it or is refused where the settings say so", async () => {
    const id = await cachedApi();
    await asked(id);
    const strategy = (value: string) => patched(id, ["/*/*/caching/unauthorizedCacheControlHeaderStrategy", value]);
    const get = () => cloud.request(id, "/prod/items", { headers: fresh });
    const warned = await get();
    expect([warned.status, warned.text]).toEqual([200, "1"]);
    expect(warned.headers["warning"]).toContain("Cache-control headers were ignored");
    await strategy("SUCCEED_WITHOUT_RESPONSE_HEADER");
    const silent = await get();
    expect([silent.text, silent.headers["warning"]]).toEqual(["1", undefined]);
    await strategy("FAIL_WITH_403");
    expect((await get()).status).toBe(403);
  });

  test("gets one with the permission, or where none is asked for, and it is kept", async () => {
    const id = await cachedApi();
    await asked(id);
    const hostname = `${id}.execute-api.localhost`;
    const { credentials } = cloud;
    const signer = new SignatureV4({ credentials, region: "us-east-1", service: "execute-api", sha256: Sha256 });
    const { headers } = await signer.sign({
      method: "GET",
      protocol: "http:",
      hostname,
      path: "/prod/items",
      headers: { host: `${hostname}:4566`, ...fresh },
    });
    expect([await asked(id, "/items", { headers }), await asked(id)]).toEqual(["2", "2"]);
    await patched(id, ["/*/*/caching/requireAuthorizationForCacheControl", "false"]);
    expect([await asked(id, "/items", { headers: fresh }), await asked(id)]).toEqual(["3", "3"]);
  });
});

test("what was kept first makes room, and what is too long is not kept", () => {
  const cache = createResponseCache();
  const answer = (bytes: number) => ({ status: 200, headers: {}, body: Buffer.alloc(bytes) });
  cache.put("api/prod", "huge", answer(2 ** 20 + 1), 10);
  expect(cache.get("api/prod", "huge", 0)).toBeUndefined();
  for (let n = 0; n < 70; n++) cache.put("api/prod", `${n}`, answer(2 ** 20 - 512), 10);
  expect(cache.get("api/prod", "0", 0)).toBeUndefined();
  expect(cache.get("api/prod", "69", 0)).toBeDefined();
  cache.flush("api/prod");
  expect(cache.get("api/prod", "69", 0)).toBeUndefined();
});
