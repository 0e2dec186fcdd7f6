import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameGuard, MAX_FRAME_BYTES } from "./frameGuard.ts";

/** A masked frame of so many bytes, as clients send them. */
const frame = (length: number): Buffer => {
  const mask = Buffer.alloc(4);
  const payload = Buffer.alloc(length, "x");
  if (length < 126) return Buffer.concat([Buffer.of(0x81, 0x80 | length), mask, payload]);
  const extended = Buffer.alloc(length < 65_536 ? 4 : 10);
  extended[0] = 0x81;
  extended[1] = 0x80 | (length < 65_536 ? 126 : 127);
  if (length < 65_536) extended.writeUInt16BE(length, 2);
  else extended.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([extended, mask, payload]);
};

test("frames are told apart however their bytes arrive", () => {
  const sizes = fc.array(fc.oneof(fc.nat(200), fc.nat(MAX_FRAME_BYTES)), { maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 5000 }), fc.boolean(), (lengths, step, endsBadly) => {
      let calls = 0;
      const watch = createFrameGuard(() => {
        calls += 1;
      });
      const bytes = Buffer.concat([...lengths.map(frame), ...(endsBadly ? [frame(MAX_FRAME_BYTES + 1)] : [])]);
      for (let at = 0; at < bytes.length; at += step) watch(bytes.subarray(at, at + step));
      expect(calls).toBe(endsBadly ? 1 : 0);
    }),
    { numRuns: 50 },
  );
});

test("a frame of more than 64 KB is too long at its head", () => {
  let calls = 0;
  const watch = createFrameGuard(() => {
    calls += 1;
  });
  watch(frame(100_000).subarray(0, 10));
  expect(calls).toBe(1);
});
