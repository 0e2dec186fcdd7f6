import { afterEach, beforeEach, expect, test } from "vitest";
import { type RestCloud, restCloud } from "./executeRestFixture.ts";

let cloud: RestCloud;

beforeEach(async () => {
  cloud = await restCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** A mock that answers with what its request's template saw of the body. */
const mock = (integration: object) => ({
  post: {
    responses: { 200: {} },
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: {
        "application/json": '#set($context.responseOverride.header.saw = $input.body){"statusCode":200}',
      },
      ...integration,
      responses: { default: { statusCode: "200", responseTemplates: { "application/json": "done" } } },
    },
  },
});

test("bodies that are bytes are no template's matter, and base64 must be some to become any", async () => {
  const { restApiId } = await cloud.api(
    {
      "/as-it-is": mock({}),
      "/text": mock({ contentHandling: "CONVERT_TO_TEXT" }),
      "/binary": mock({ contentHandling: "CONVERT_TO_BINARY" }),
      "/untouched": mock({ contentHandling: "CONVERT_TO_BINARY", requestTemplates: {} }),
    },
    { "x-amazon-apigateway-binary-media-types": ["application/json"] },
  );
  const asked = async (path: string, body: string, type = "application/json") => {
    const headers = { "content-type": type };
    const { status, headers: answered } = await cloud.request(restApiId, path, { method: "POST", headers, body });
    return answered["saw"] ?? status;
  };
  expect(await asked("/prod/as-it-is", "{}")).toBe(500);
  expect(await asked("/prod/text", "{}")).toBe("e30=");
  expect(await asked("/prod/binary", "{}")).toBe(500);
  expect(await asked("/prod/untouched", "no base64", "text/plain")).toBe(500);
});
