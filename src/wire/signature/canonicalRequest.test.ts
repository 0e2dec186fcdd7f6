import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRequest, stringToSign } from "./canonicalRequest.ts";
import { payloadHash } from "./payload.ts";
import { sign, signingKey } from "./signingKey.ts";
import { uriEncode, uriEncodePath, uriReencode, uriReencodePath } from "./uriEncoding.ts";

const text = fc.string({ unit: "grapheme" });

describe("URI encoding", () => {
  it("leaves what is unreserved and escapes every other byte", () => {
    expect(uriEncode("AZaz09-._~")).toBe("AZaz09-._~");
    expect(uriEncode(" /é😀!*'()+")).toBe("%20%2F%C3%A9%F0%9F%98%80%21%2A%27%28%29%2B");
    expect(uriEncodePath("/a b/c%20d")).toBe("/a%20b/c%2520d");
  });

  it("brings every escape into one form", () => {
    expect(uriReencode("%7e%2f%e9x%zz%")).toBe("~%2F%E9x%25zz%25");
    expect(uriReencodePath("/a%2Fb//é/%41")).toBe("/a%2Fb//%C3%A9/A");
    fc.assert(fc.property(text, (value) => uriReencode(encodeURIComponent(value)) === uriEncode(value)));
    fc.assert(fc.property(text, (value) => uriReencode(uriReencode(value)) === uriReencode(value)));
    fc.assert(fc.property(text, (value) => decodeURIComponent(uriEncode(value)) === value));
    fc.assert(fc.property(text, (value) => uriReencodePath(uriEncodePath(value)) === uriEncodePath(value)));
  });
});

const canonical = (parts: {
  path?: string;
  rawQuery?: string;
  headers?: Record<string, string | string[]>;
  s3?: boolean;
}) => {
  const headers = { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z", ...parts.headers };
  const head = { method: "GET", path: "/", rawQuery: "", ...parts, headers };
  const signedHeaders = Object.keys(headers).sort().join(";");
  return canonicalRequest(head, { signedHeaders, payloadHash: payloadHash(Buffer.alloc(0)), s3: parts.s3 ?? false });
};
const pathOf = (path: string, s3 = false) => canonical({ path, s3 }).split("\n")[1];
const queryOf = (rawQuery: string) => canonical({ rawQuery }).split("\n")[2];

describe("a canonical request", () => {
  it("has headers as they were signed, which came as the bytes of their text", () => {
    const asSent = (value: string) => Buffer.from(value).toString("latin1");
    const headersOf = (value: string) =>
      canonical({ headers: { "x-amz-meta-a": value } })
        .split("\n")
        .at(5);
    for (const value of ["voilà", "—", "plain"]) expect(headersOf(asSent(value))).toBe(`x-amz-meta-a:${value}`);
    // Not sent at all, from within the process; and no UTF-8.
    for (const value of ["—é", "\u00e9"]) expect(headersOf(value)).toBe(`x-amz-meta-a:${value}`);
  });

  it("normalizes paths, but not S3's", () => {
    for (const [path, expected] of [
      ["", "/"],
      ["//", "/"],
      ["/./a/../b//c/", "/b/c/"],
      ["/../a", "/a"],
      ["/a%20b", "/a%2520b"],
      ["/é", "/%C3%A9"],
    ] as const)
      expect(pathOf(path)).toBe(expected);
    for (const path of ["/./a/../b//c/", "/a%20b", "/a%2Fb"]) expect(pathOf(path, true)).toBe(path);
  });

  it("sorts parameters by their encoded names and values", () => {
    expect(queryOf("b=2&a=3&a=1&B=0")).toBe("B=0&a=1&a=3&b=2");
    expect(queryOf("acl&x=a=b&y=%7e&z=1+2&&")).toBe("acl=&x=a%3Db&y=~&z=1%202");
    expect(queryOf("a=1&X-Amz-Signature=abc")).toBe("a=1");
  });

  it("trims header values, joins several and takes absent ones as empty", () => {
    const headers = { a: "  one   two  ", b: ["x ", " y"] };
    expect(canonical({ headers })).toContain("\na:one two\nb:x,y\nhost:example.amazonaws.com\n");
    const parts = { signedHeaders: "absent", payloadHash: "-", s3: false };
    expect(canonicalRequest({ method: "GET", path: "/", rawQuery: "", headers: {} }, parts)).toContain("\nabsent:\n");
  });

  // Values of AWS's own published Signature Version 4 examples.
  it("signs as AWS's examples do", () => {
    const scope = { date: "20150830", region: "us-east-1", service: "service" };
    const key = signingKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope);
    const signatureOf = (parts: Parameters<typeof canonical>[0]) =>
      sign(key, stringToSign("20150830T123600Z", "20150830/us-east-1/service/aws4_request", canonical(parts)));
    const vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    for (const path of ["/", "/example/..", "//", "/./"]) expect(signatureOf({ path })).toBe(vanilla);
    expect(signatureOf({ rawQuery: "Param2=value2&Param1=value1" })).toBe(
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    );
    expect(signatureOf({ path: "/ሴ" })).toBe("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
  });
});
