import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import { AwsError } from "../kernel/errors.ts";
import type { RefusalFamily } from "./signature/refusals.ts";
import { parseBasicTime } from "./signature/time.ts";
import type { SignatureRules, SignedRequest, SigningCredentials } from "./signature/verification.ts";
import { verifySignature } from "./sigv4.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NOW = Date.UTC(2026, 2, 3, 4, 5, 6);
const HOST = "site.s3.localhost:4566";

class Sha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret ? createHmac("sha256", secret) : createHash("sha256");
  }
  update(data: Uint8Array | string) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}

interface Presigning {
  readonly service?: string;
  readonly path?: string;
  readonly method?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly sessionToken?: string;
  readonly expiresIn?: number;
}

const presign = async ({ service = "s3", sessionToken, ...parts }: Presigning = {}): Promise<SignedRequest> => {
  const s3 = service === "s3";
  const signer = new SignatureV4({
    service,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET, ...(sessionToken ? { sessionToken } : {}) },
    sha256: Sha256 as never,
    uriEscapePath: !s3,
    applyChecksum: !s3,
  });
  const { method = "GET", path = "/a%20b", query = {}, headers = {}, expiresIn = 60 } = parts;
  const request = { method, path, query, protocol: "http:", hostname: HOST, headers: { ...headers, host: HOST } };
  if (s3) request.headers = { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } as never;
  const signed = await signer.presign(request, {
    expiresIn,
    signingDate: new Date(NOW),
    ...(s3 ? { unhoistableHeaders: new Set(Object.keys(headers)) } : {}),
  });
  const rawQuery = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return { method, path, rawQuery: rawQuery.join("&"), headers: { ...headers, host: HOST }, body: undefined };
};

const verify = (
  request: SignedRequest,
  family: RefusalFamily = "s3",
  signingName = "s3",
  more: Partial<SignatureRules<SigningCredentials>> = {},
) =>
  verifySignature(request, {
    family,
    signingName,
    findCredentials: () => ({ secretAccessKey: SECRET }),
    machineTime: NOW,
    cloudTime: NOW,
    ...more,
  });
const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};
const without = (request: SignedRequest, name: string): SignedRequest => ({
  ...request,
  rawQuery: request.rawQuery
    .split("&")
    .filter((parameter) => !parameter.startsWith(`${name}=`))
    .join("&"),
});
const changed = (request: SignedRequest, from: string | RegExp, to: string): SignedRequest => ({
  ...request,
  rawQuery: request.rawQuery.replace(from, to),
});

describe("presigned URLs", () => {
  it("of the S3 documentation's example", () => {
    const request = {
      method: "GET",
      path: "/test.txt",
      rawQuery:
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
      headers: { host: "examplebucket.s3.amazonaws.com" },
      body: undefined,
    };
    expect(verify(request, "s3", "s3", { machineTime: parseBasicTime("20130524T120000Z") ?? 0 })).toMatchObject({
      payload: { kind: "unsigned" },
    });
  });

  it("of the SDK's signer, with a session token, further parameters and signed headers", async () => {
    const request = await presign({
      method: "PUT",
      sessionToken: "the/token+",
      query: { "response-content-type": "text/plain; charset=utf-8", partNumber: "1" },
      headers: { "content-type": "text/plain", "x-amz-acl": "private" },
    });
    let token: string | undefined;
    const findCredentials = (_key: string, given: string | undefined) => {
      token = given;
      return { secretAccessKey: SECRET };
    };
    expect(verify(request, "s3", "s3", { findCredentials })).toBeDefined();
    expect(token).toBe("the/token+");
  });

  it("of other services, whose body is signed", async () => {
    const query = { Action: "GetCallerIdentity", Version: "2011-06-15" };
    const request = await presign({ service: "sts", path: "/", query });
    expect(verify(request, "query", "sts")).toBeDefined();
    const tampered = { ...request, body: Buffer.from("Action=Other") };
    expect(refusalOf(() => verify(tampered, "query", "sts"))).toMatchObject({ code: "SignatureDoesNotMatch" });
  });

  it("are refused when anything of them was changed", async () => {
    const request = await presign({ query: { versionId: "1" } });
    for (const one of [
      { ...request, path: "/other" },
      { ...request, method: "DELETE" },
      changed(request, "versionId=1", "versionId=2"),
      changed(request, "X-Amz-Expires=60", "X-Amz-Expires=61"),
    ])
      expect(refusalOf(() => verify(one))).toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 403 });
  });

  it("end, and have a beginning", async () => {
    const request = await presign();
    expect(verify(request, "s3", "s3", { machineTime: NOW + 59_999 })).toBeDefined();
    const late = refusalOf(() => verify(request, "s3", "s3", { machineTime: NOW + 60_000 }));
    expect(late).toMatchObject({ code: "AccessDenied", message: "Request has expired", statusCode: 403 });
    expect(late.details).toEqual({
      "X-Amz-Expires": "60",
      Expires: "2026-03-03T04:06:06Z",
      ServerTime: "2026-03-03T04:06:06Z",
    });
    const early = refusalOf(() => verify(request, "s3", "s3", { machineTime: NOW - 16 * 60_000 }));
    expect(early.message).toBe("Request is not yet valid");
    const sts = await presign({ service: "sts", path: "/" });
    const old = refusalOf(() => verify(sts, "query", "sts", { machineTime: NOW + 61_000 }));
    expect(old.message).toBe(
      "Signature expired: 20260303T040506Z is now earlier than 20260303T040507Z (20260303T040607Z - 1 min.)",
    );
  });

  it("say what is wrong with their parameters", async () => {
    const request = await presign();
    const message = (one: SignedRequest) => {
      const refusal = refusalOf(() => verify(one));
      expect(refusal).toMatchObject({ code: "AuthorizationQueryParametersError", statusCode: 400 });
      return refusal.message;
    };
    for (const name of ["Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires"])
      expect(message(without(request, `X-Amz-${name}`))).toMatch(/^Query-string authentication version 4 requires the/);
    expect(message(changed(request, "Expires=60", "Expires=604801"))).toMatch(/must be less than a week/);
    expect(message(changed(request, "Expires=60", "Expires=-1"))).toMatch(/must be non-negative/);
    expect(message(changed(request, "Expires=60", "Expires=soon"))).toMatch(/should be a number/);
    expect(message(changed(request, "AWS4-HMAC-SHA256", "MD5"))).toMatch(/^X-Amz-Algorithm only supports/);
    expect(message(changed(request, "aws4_request", "aws4"))).toMatch(/the Credential is mal-formed/);
    expect(message(changed(request, "%2Fs3%2F", "%2Fsqs%2F"))).toMatch(/incorrect service "sqs"/);
    expect(message(changed(request, /X-Amz-Date=\w+/, "X-Amz-Date=2026-03-03"))).toMatch(/ISO8601 Long Format/);
  });

  it("are not mixed with another signature", async () => {
    const request = await presign();
    const authorization =
      "AWS4-HMAC-SHA256 Credential=a/20260303/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=b";
    const both = { ...request, headers: { ...request.headers, authorization, "x-amz-date": "20260303T040506Z" } };
    expect(refusalOf(() => verify(both)).message).toMatch(/^Only one auth mechanism allowed/);
  });

  it("refuse x-amz headers they were not signed with", async () => {
    const request = await presign({ method: "PUT" });
    const more = { ...request, headers: { ...request.headers, "x-amz-acl": "public-read" } };
    expect(refusalOf(() => verify(more)).details).toEqual({ HeadersNotSigned: "x-amz-acl" });
  });
});
