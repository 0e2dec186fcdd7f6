import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameReader, lineReader } from "./telemetry.ts";

const frame = (message: string): Buffer => {
  const bytes = Buffer.from(message);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(0xa55a0003, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};

/** Bytes as a pipe may deliver them: cut anywhere. */
const cut = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...pieces, bytes.subarray(at)].filter((piece) => piece.length > 0);
};

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 });

describe("frames", () => {
  test("come out as they went in, however the pipe cuts them", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), sizes, (messages, cuts) => {
        const seen: string[] = [];
        const read = frameReader((message) => seen.push(message));
        for (const piece of cut(Buffer.concat(messages.map(frame)), cuts)) read(piece);
        expect(seen).toEqual(messages.map((message) => Buffer.from(message).toString()));
      }),
    );
  });

  test("what a function writes to the descriptor itself is a message as it is", () => {
    const seen: string[] = [];
    frameReader((message) => seen.push(message))(Buffer.from("this is not a frame"));
    expect(seen).toEqual(["this is not a frame"]);
  });
});

describe("lines", () => {
  test("come out whole, however the pipe cuts them", () => {
    const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(line), sizes, (lines, cuts) => {
        const seen: string[] = [];
        const reader = lineReader((message) => seen.push(message));
        for (const piece of cut(Buffer.from(lines.map((text) => `${text}\n`).join("")), cuts)) reader.read(piece);
        reader.flush();
        expect(seen).toEqual(lines.map((text) => `${text}\n`));
      }),
    );
  });

  test("a last line without an end is given when the process ends; carriage returns join lines", () => {
    const seen: string[] = [];
    const reader = lineReader((message) => seen.push(message));
    reader.read(Buffer.from("a\rb\nrest"));
    reader.flush();
    expect(seen).toEqual(["a\nb\n", "rest"]);
  });

  test("one longer than a log event may be is several events, however it comes", () => {
    const seen: string[] = [];
    const { read, flush } = lineReader((message) => seen.push(message));
    read(Buffer.from(`${"é".repeat(400_000)}\n`));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.join("")).toBe(`${"é".repeat(400_000)}\n`);
    for (let chunk = 0; chunk < 20; chunk += 1) read(Buffer.alloc(65_536, "x"));
    flush();
    frameReader((message) => seen.push(message))(Buffer.alloc(2_000_000, "y"));
    expect(seen.join("").length).toBe(400_001 + 20 * 65_536 + 2_000_000);
    for (const message of seen) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1024 * 1024 - 256);
  });
});
