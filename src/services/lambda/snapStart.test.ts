import type { Runtime } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { checkSnapStart } from "./snapStart.ts";

const check = (runtime: Runtime, ephemeralMb = 512, snapStart: "PublishedVersions" | "None" = "PublishedVersions") =>
  checkSnapStart({ runtime, ephemeralMb, snapStart });

test.each<Runtime>(["java11", "java25", "python3.12", "python3.14", "dotnet8", "dotnet10"])(
  "%s has SnapStart",
  (runtime) => {
    expect(() => check(runtime)).not.toThrow();
  },
);

test.each<Runtime>(["nodejs24.x", "python3.11", "java8.al2", "dotnet6", "ruby3.4", "provided.al2023"])(
  "%s has none, unless nobody asks for it",
  (runtime) => {
    expect(() => check(runtime)).toThrow(`${runtime} is not supported for SnapStart enabled functions.`);
    expect(() => check(runtime, 512, "None")).not.toThrow();
  },
);

test("a function with more storage has none", () => {
  expect(() => check("python3.12", 1024)).toThrow(/^EphemeralStorage of 1024 MB is not supported/);
});
