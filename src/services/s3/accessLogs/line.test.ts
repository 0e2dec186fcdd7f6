import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { rootOf } from "../../../kernel/principal.ts";
import { canonicalId } from "../grants.ts";
import { type Access, lineOf } from "./line.ts";

const AT = Date.parse("2026-02-06T00:00:38Z");

const access = (more: Partial<Access> = {}, request: Partial<Access["request"]> = {}): Access => ({
  bucket: {
    name: "b",
    account: "123456789012",
    region: "us-east-1",
    createdAt: 0,
    ownership: undefined,
    publicAccess: undefined,
    acl: [],
    tags: [],
  },
  key: "k",
  request: {
    method: "GET",
    host: "b.s3.localhost:4566",
    path: "/k",
    rawQuery: "",
    headers: { referer: 'a"b', "user-agent": "curl" },
    body: Readable.from([]),
    signal: new AbortController().signal,
    remoteAddress: "127.0.0.1",
    ...request,
  },
  response: { status: 200, headers: { "x-amz-request-id": "R", "x-amz-id-2": "H", "content-length": "5" } },
  seen: { principal: rootOf("123456789012"), at: AT },
  objectSize: 5,
  answeredAt: AT + 7,
  ...more,
});

const OWNER = canonicalId("123456789012");

test("a line tells a request field by field, as AWS's does", () => {
  expect(lineOf(access())).toBe(
    `${OWNER} b [06/Feb/2026:00:00:38 +0000] 127.0.0.1 ${OWNER} R REST.GET.OBJECT k "GET /k HTTP/1.1" 200 - 5 5 7 7 "a%22b" "curl" - H - - - b.s3.localhost:4566 - - -`,
  );
});

test.each<[string, Partial<Access["request"]>, string]>([
  ["a part", { method: "PUT", rawQuery: "partNumber=1&uploadId=u" }, "REST.PUT.PART"],
  ["an upload begun", { method: "POST", rawQuery: "uploads" }, "REST.POST.UPLOADS"],
  ["an upload's end", { method: "POST", rawQuery: "uploadId=u" }, "REST.POST.UPLOAD"],
  ["a copy", { method: "PUT", headers: { "x-amz-copy-source": "b/a" } }, "REST.COPY.OBJECT"],
  ["tags", { rawQuery: "tagging" }, "REST.GET.OBJECT_TAGGING"],
  ["an access list", { rawQuery: "acl" }, "REST.GET.ACL"],
  ["a signature in the query", { rawQuery: "X-Amz-Signature=a" }, "REST.GET.OBJECT"],
])("%s has its name", (_what, request, name) => {
  expect(lineOf(access({}, request))).toContain(` R ${name} k `);
});

test("what nobody signed is told as nobody's, and what failed by its code", () => {
  const line = lineOf(
    access({
      seen: undefined,
      objectSize: undefined,
      key: "",
      response: { status: 403, headers: {}, body: "<Error><Code>AccessDenied</Code></Error>" },
    }),
  );
  expect(line).toContain(" 127.0.0.1 - - REST.GET.BUCKET - ");
  expect(line).toContain(" 403 AccessDenied 40 - - - ");
});
