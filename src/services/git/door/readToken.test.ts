import { expect, test } from "vitest";
import { createCipher } from "../../../kernel/cipher.ts";
import { seededIds } from "../../../kernel/ids.ts";
import { isReadToken, newReadToken } from "./readToken.ts";

const cipher = createCipher(Buffer.alloc(32, 1), seededIds(1));

test("a token reads for an hour, and only in the cloud that made it", () => {
  const token = newReadToken(cipher, 0);
  expect([isReadToken(cipher, 0, token), isReadToken(cipher, 3_600_000, token)]).toEqual([true, false]);
  expect(isReadToken(createCipher(Buffer.alloc(32, 2), seededIds(1)), 0, token)).toBe(false);
  expect([isReadToken(cipher, 0, "root-secret"), isReadToken(cipher, 0, cipher.seal("{}"))]).toEqual([false, false]);
});
