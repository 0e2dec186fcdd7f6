import { expect, test } from "vitest";
import { pngOf } from "./png.ts";

const picture = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" font-family="Open Sans"><rect width="120" height="40" fill="white"/><text x="4" y="20">${words}</text></svg>`;

test("a picture has twice its points, and its letters", async () => {
  const [words, others, none] = await Promise.all(["Orders", "Shipping", ""].map((text) => pngOf(picture(text))));
  const png = Buffer.from(words ?? []);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([240, 80]);
  expect(png.equals(Buffer.from(others ?? []))).toBe(false);
  expect(png.length).toBeGreaterThan((none?.length ?? 0) * 1.5);
});
