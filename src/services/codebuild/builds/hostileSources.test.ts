import { afterEach, beforeEach, expect, it } from "vitest";
import { archiveOf } from "../../../engines/build/zip/testArchive.ts";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
beforeEach(async () => {
  on = await buildCloud();
});
afterEach(() => on.cloud[Symbol.asyncDispose]());

it.each([
  ["a path that climbs", () => archiveOf([["../../evil", "x"]]), /\.\.\/\.\.\/evil/],
  ["an absolute path", () => archiveOf([["/tmp/evil", "x"]]), /\/tmp\/evil/],
  ["a link that climbs", () => archiveOf([["link", "../../etc", 0o120777]]), /link/],
  ["bytes that are no zip", async () => Buffer.from("not a zip"), /zip|archive|central directory/i],
])("a source archive with %s ends its build before anything runs", async (_what, archive, message) => {
  on.fake.objects.set("in/source.zip", await archive());
  const source = { type: "S3", location: "in/source.zip", buildspec: commands("true") } as const;
  await on.project("", { source });
  const build = await on.ended();
  expect(build.buildStatus).toBe("FAILED");
  const failed = build.phases?.find(({ phaseStatus }) => phaseStatus === "FAILED");
  expect(failed?.phaseType).toBe("DOWNLOAD_SOURCE");
  expect(failed?.contexts?.[0]?.message).toMatch(message);
});
