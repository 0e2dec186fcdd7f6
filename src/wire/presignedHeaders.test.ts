import { describe, expect, it } from "vitest";
import { withPresignedHeaders } from "./presignedHeaders.ts";

const signed = (more: Record<string, string>, signature = "X-Amz-Signature") =>
  new URLSearchParams({ [signature]: "a", ...more });

describe("headers of a presigned URL", () => {
  it("are heeded, however they are spelled, under either version of signatures", () => {
    const query = { "X-Amz-Meta-Team": "a", "If-None-Match": "*", "x-amz-acl": "private", "x-id": "PutObject" };
    const headers = { host: "h", "x-amz-meta-team": "a", "if-none-match": "*", "x-amz-acl": "private" };
    expect(withPresignedHeaders({ host: "h" }, signed(query))).toEqual(headers);
    expect(withPresignedHeaders({ host: "h" }, signed(query, "AWSAccessKeyId"))).toEqual(headers);
  });

  it("yield to those that come themselves", () => {
    expect(withPresignedHeaders({ "x-amz-acl": "private" }, signed({ "x-amz-acl": "public-read" }))).toEqual({
      "x-amz-acl": "private",
    });
  });

  it.each([
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Amz-SignedHeaders",
    "x-amz-checksum-crc32",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-tagging",
    "content-type",
  ])("are not heeded for %s", (name) => {
    expect(withPresignedHeaders({ host: "h" }, signed({ [name]: "a" }))).toEqual({ host: "h" });
  });

  it("are none where the URL is not signed", () => {
    const headers = { host: "h" };
    expect(withPresignedHeaders(headers, new URLSearchParams({ "x-amz-acl": "private" }))).toBe(headers);
  });
});
