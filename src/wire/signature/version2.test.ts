import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AwsError } from "../../kernel/errors.ts";
import { verifySignature } from "../sigv4.ts";
import type { SignatureRules, SignedRequest, SigningCredentials } from "./verification.ts";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const EXPIRES = 1_175_139_620;
const HOST = "127.0.0.1:4566";

const verify = (request: SignedRequest, more: Partial<SignatureRules<SigningCredentials>> = {}) =>
  verifySignature(request, {
    family: "s3",
    signingName: "s3",
    findCredentials: (key) => (key === KEY ? { secretAccessKey: SECRET } : undefined),
    machineTime: EXPIRES * 1000 - 1,
    cloudTime: EXPIRES * 1000 - 1,
    ...more,
  });

/** A URL presigned by the text that the documentation says is signed. */
const presigned = (text: string, parts: Partial<SignedRequest> & { readonly query?: string } = {}): SignedRequest => {
  const signature = encodeURIComponent(createHmac("sha1", SECRET).update(text).digest("base64"));
  const { query = "", headers = {}, ...rest } = parts;
  return {
    method: "GET",
    path: "/photos/puppy.jpg",
    rawQuery: `${query}AWSAccessKeyId=${KEY}&Signature=${signature}&Expires=${EXPIRES}`,
    headers: { host: HOST, ...headers },
    body: undefined,
    ...rest,
  };
};

const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("URLs presigned with Signature Version 2", () => {
  it("of the documentation's example, by virtual host and by path", () => {
    const query = `AWSAccessKeyId=${KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=${EXPIRES}`;
    const byHost = { path: "/photos/puppy.jpg", headers: { host: "johnsmith.s3.amazonaws.com" } };
    const byPath = { path: "/johnsmith/photos/puppy.jpg", headers: { host: HOST } };
    for (const where of [byHost, byPath])
      expect(verify({ method: "GET", rawQuery: query, body: undefined, ...where })).toMatchObject({
        accessKeyId: KEY,
        payload: { kind: "unsigned" },
      });
  });

  it("sign subresources and overridden headers, decoded and in order, and no other parameter", () => {
    const text = `GET\n\n\n${EXPIRES}\n/b/k%20ey?response-content-type=text/plain; a=b&versionId=3`;
    const query = "x-id=GetObject&versionId=3&response-content-type=text%2Fplain%3B%20a%3Db&";
    expect(verify(presigned(text, { path: "/b/k%20ey", query }))).toBeDefined();
  });

  it("sign headers wherever they stand, and the session token in the query", () => {
    const text = `PUT\nabc=\ntext/plain\n${EXPIRES}\nx-amz-acl:private\nx-amz-security-token:the/token+\n/b/k`;
    let token: string | undefined;
    const findCredentials = (_key: string, given: string | undefined) => {
      token = given;
      return { secretAccessKey: SECRET };
    };
    const headers = { "content-type": "text/plain", "x-amz-acl": "private" };
    const query = "content-md5=abc%3D&x-amz-security-token=the%2Ftoken%2B&";
    const request = presigned(text, { method: "PUT", path: "/b/k", headers, query });
    expect(verify(request, { findCredentials })).toBeDefined();
    expect(token).toBe("the/token+");
  });

  it("are refused when anything of them was changed", () => {
    const request = presigned(`GET\n\n\n${EXPIRES}\n/b/k`, { path: "/b/k" });
    expect(verify(request)).toBeDefined();
    for (const one of [
      { ...request, path: "/b/other" },
      { ...request, method: "DELETE" },
      { ...request, rawQuery: `acl&${request.rawQuery}` },
      { ...request, rawQuery: request.rawQuery.replace(`Expires=${EXPIRES}`, `Expires=${EXPIRES + 60}`) },
      { ...request, headers: { ...request.headers, "x-amz-acl": "public-read" } },
    ])
      expect(refusalOf(() => verify(one))).toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 403 });
  });

  it("end", () => {
    const request = presigned(`GET\n\n\n${EXPIRES}\n/b/k`, { path: "/b/k" });
    const late = refusalOf(() => verify(request, { machineTime: EXPIRES * 1000 }));
    expect(late).toMatchObject({ code: "AccessDenied", message: "Request has expired", statusCode: 403 });
    expect(late.details).toEqual({ Expires: "2007-03-29T03:40:20Z", ServerTime: "2007-03-29T03:40:20Z" });
  });

  it("say what is wrong with their parameters", () => {
    const request = presigned(`GET\n\n\n${EXPIRES}\n/b/k`, { path: "/b/k" });
    const refused = (from: string | RegExp, to: string) =>
      refusalOf(() => verify({ ...request, rawQuery: request.rawQuery.replace(from, to) }));
    expect(refused(/&Signature=[^&]+/, "").message).toMatch(/^Query-string authentication requires the Signature/);
    expect(refused(/Expires=\d+/, "Expires=tomorrow").message).toMatch(
      /^Invalid date \(should be seconds since epoch\)/,
    );
    expect(refused(KEY, "AKIDOTHER")).toMatchObject({ code: "InvalidAccessKeyId" });
  });

  it("are S3's alone", () => {
    const request = presigned(`GET\n\n\n${EXPIRES}\n/`, { path: "/" });
    const refusal = refusalOf(() => verify(request, { family: "query", signingName: "sts" }));
    expect(refusal).toMatchObject({ code: "IncompleteSignature" });
  });
});
