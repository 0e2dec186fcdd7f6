import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asOnAmazonLinux } from "./shell.ts";

const programOf = (text: string, mode = 0o755) => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-shell-"));
  const file = join(folder, "bootstrap");
  try {
    writeFileSync(file, text);
    chmodSync(file, mode);
    const program = asOnAmazonLinux(file);
    return [program.file, ...program.args].map((part) => (part === file ? "FILE" : part));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test("scripts for sh run in bash, as on AWS", () => {
  expect(programOf("#!/bin/sh\nset -euo pipefail\n")).toEqual(["/bin/bash", "--posix", "FILE"]);
  expect(programOf("#! /bin/sh -e\n")).toEqual(["/bin/bash", "--posix", "-e", "FILE"]);
});

test("all else runs as it is", () => {
  expect(programOf("#!/bin/bash\n")).toEqual(["FILE"]);
  expect(programOf("#!/usr/bin/env python3\n")).toEqual(["FILE"]);
  expect(programOf("\u007fELF\u0000\u0001")).toEqual(["FILE"]);
  expect(programOf("#!/bin/sh\n", 0o644)).toEqual(["FILE"]);
  expect(asOnAmazonLinux("/no/such/bootstrap")).toEqual({ file: "/no/such/bootstrap", args: [] });
});
