import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeadReader } from "./requestHead.ts";

const head = (lines: readonly string[], first = "POST / HTTP/1.1") =>
  Buffer.from(`${[first, ...lines].join("\r\n")}\r\n\r\n`, "latin1");

const readHead = (bytes: Buffer) => new HeadReader().read(bytes);

const PLAIN = ["Host: 127.0.0.1:4566", "X-Amz-Target: DynamoDB_20120810.GetItem", "Content-Length: 2"];

const headerText = fc.stringMatching(/^[!-~]{1,8}( [!-~]{1,8})?$/);
const headers = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), headerText, { maxKeys: 6 });

describe("the head of a plain request", () => {
  it("is read with names in lower case and values without their blanks", () => {
    fc.assert(
      fc.property(headers, (more) => {
        const lines = Object.entries(more).map(([name, value]) => `${name.toUpperCase()}: \t${value} `);
        const bytes = head([...PLAIN, ...lines]);
        expect(readHead(Buffer.concat([bytes, Buffer.from("{}")]))).toEqual({
          method: "POST",
          path: "/",
          rawQuery: "",
          isCall: true,
          headers: {
            host: "127.0.0.1:4566",
            "x-amz-target": "DynamoDB_20120810.GetItem",
            "content-length": "2",
            ...more,
          },
          host: "127.0.0.1:4566",
          headBytes: bytes.length,
          bodyBytes: 2,
          closes: false,
        });
      }),
    );
  });

  it("is read after another head as it is by itself", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(headers, fc.array(fc.constantFrom("x-a: 1", "X-A: 2", "x-b: 1"))), { maxLength: 5 }),
        (heads) => {
          const reader = new HeadReader();
          for (const [more, lines] of heads) {
            const named = Object.entries(more).map(([name, value]) => `${name}: ${value}`);
            const bytes = head([...PLAIN, ...named, ...lines]);
            const read = reader.read(bytes);
            expect(read).toEqual(readHead(bytes));
            // What is left to Node takes its connection with it.
            if (read === "other") return;
          }
        },
      ),
    );
  });

  it("is waited for, wherever it is cut", () => {
    const bytes = head(PLAIN);
    for (let end = 1; end < bytes.length; end++) expect(readHead(bytes.subarray(0, end))).toBe("partial");
  });

  it("tells whether the connection ends with it", () => {
    expect(readHead(head([...PLAIN, "Connection: close"]))).toMatchObject({ closes: true });
    expect(readHead(head([...PLAIN, "Connection: Keep-Alive"]))).toMatchObject({ closes: false });
  });

  it("has what the request line says", () => {
    const reader = new HeadReader();
    const target = "/items/%7B1%7D?a=1&b=c?d";
    for (const method of ["GET", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
      expect(reader.read(head(["Host: a"], `${method} ${target} HTTP/1.1`))).toMatchObject({
        method,
        path: "/items/%7B1%7D",
        rawQuery: "a=1&b=c?d",
        isCall: false,
        bodyBytes: 0,
      });
  });

  it.each([
    ["another method", head(PLAIN, "GET / HTTP/1.1")],
    ["another path", head(PLAIN, "POST /bucket HTTP/1.1")],
    ["a query", head(PLAIN, "POST /?a HTTP/1.1")],
    ["no target", head(PLAIN.filter((line) => !line.startsWith("X-Amz")))],
    ["no length", head(PLAIN.slice(0, 2))],
    ["an origin", head([...PLAIN, "Origin: http://example.com"])],
    ["a packed body", head([...PLAIN, "Content-Encoding: gzip"])],
  ])("is no call's when it has %s", (_what, bytes) => {
    expect(readHead(bytes)).toMatchObject({ isCall: false });
  });

  it.each([
    ["a method that no API has", head(PLAIN, "HEAD / HTTP/1.1")],
    ["a whole address", head(PLAIN, "GET http://localhost/ HTTP/1.1")],
    ["a blank in its path", head(PLAIN, "GET /a b HTTP/1.1")],
    ["a path beyond ASCII", head(PLAIN, "GET /\u00e9 HTTP/1.1")],
    ["an older version", head(PLAIN, "POST / HTTP/1.0")],
    ["the first byte of TLS", Buffer.from([0x16, 3, 1])],
    ["no host", head(PLAIN.slice(1))],
    ["a length that is none", head([...PLAIN.slice(0, 2), "Content-Length: 0x2"])],
    ["a length beyond a megabyte", head([...PLAIN.slice(0, 2), "Content-Length: 1048577"])],
    ["two lengths", head([...PLAIN, "Content-Length: 2"])],
    ["a repeated header", head([...PLAIN, "x-a: 1", "X-A: 2"])],
    ["a transfer coding", head([...PLAIN, "Transfer-Encoding: chunked"])],
    ["an expectation", head([...PLAIN, "Expect: 100-continue"])],
    ["an upgrade", head([...PLAIN, "Upgrade: h2c"])],
    ["a folded line", head([...PLAIN, "x-a: 1", " 2"])],
    ["a blank before the colon", head([...PLAIN, "x-a : 1"])],
    ["a line without a colon", head([...PLAIN, "x-a"])],
    ["a bare line feed", head([...PLAIN, "x-a: 1\nx-b: 2"])],
    ["a bare carriage return", head([...PLAIN, "x-a: 1\rx-b: 2"])],
    ["a character beyond ASCII", head([...PLAIN, "x-a: \u00e9"])],
    ["a control character", head([...PLAIN, "x-a: \u0001"])],
    ["a name that means something to objects", head([...PLAIN, "__proto__: 1"])],
    ["a head without an end", Buffer.from(`POST / HTTP/1.1\r\nx-a: ${"a".repeat(20_000)}`)],
  ])("is not what has %s", (_what, bytes) => {
    expect(readHead(bytes)).toBe("other");
  });
});
