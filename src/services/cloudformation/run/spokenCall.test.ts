import { expect, it } from "vitest";
import type { Call } from "../../../kernel/context.ts";
import { spokenCall } from "./spokenCall.ts";

it("leaves out what has no value, however deep, and leaves bytes and moments alone", async () => {
  const heard: unknown[] = [];
  const call = (async (...all: unknown[]) => heard.push(all)) as unknown as Call;
  const [Body, at] = [new Uint8Array([1]), new Date(0)];
  const Tagging = { TagSet: [{ Key: "a", Value: undefined }], at };
  await spokenCall(call)("s3", "PutObject", {
    Bucket: "b",
    Key: "k",
    Body,
    ACL: undefined,
    Metadata: {},
    ...{ Tagging },
  } as never);
  expect(heard).toStrictEqual([
    ["s3", "PutObject", { Bucket: "b", Key: "k", Body, Metadata: {}, Tagging: { TagSet: [{ Key: "a" }], at } }],
  ]);
});
