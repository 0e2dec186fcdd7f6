import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/socket/clouds.ts";
import { projectFolder } from "./projectFolder.ts";
import { UsageError } from "./settings.ts";

test("a folder is one that is there, and no file", () => {
  using folder = temporaryDirectory();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  expect(projectFolder(folder.path)).toBe(folder.path);
  for (const given of [file, join(file, "below"), join(folder.path, "nothing")])
    expect(() => projectFolder(given)).toThrow(new UsageError(`There is no folder ${given}.`));
});
