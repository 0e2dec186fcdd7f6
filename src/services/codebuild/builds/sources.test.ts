import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packZip } from "../../../engines/build/zip/pack.ts";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
let scratch = "";
beforeEach(async () => {
  on = await buildCloud();
  scratch = mkdtempSync(join(tmpdir(), "aloft-codebuild-"));
});
afterEach(async () => {
  await on.cloud[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

const putZip = async (key: string, files: Readonly<Record<string, string>>) => {
  const entries = Object.entries(files).map(([name, text]) => {
    const path = join(scratch, name.replaceAll("/", "_"));
    writeFileSync(path, text);
    return { name, path };
  });
  await packZip(entries, join(scratch, "source.zip"));
  on.fake.objects.set(key, readFileSync(join(scratch, "source.zip")));
};

describe("a build", () => {
  it("takes an archive and gives one back, as a pipeline asks it to", async () => {
    await putZip("store/in.zip", {
      "buildspec.yml": `${commands("mkdir -p out && cp a.txt out/b.txt", "V=5")}artifacts:\n  files: ['**/*']\n  base-directory: out\nenv:\n  exported-variables: [V]\n`,
      "a.txt": "content",
    });
    const codepipeline = { type: "CODEPIPELINE" } as const;
    await on.project("", { source: codepipeline, artifacts: codepipeline });
    await expect(on.start()).rejects.toMatchObject({ name: "InvalidInputException" });
    const artifact = () => on.fake.objects.get("store/road/BuildOut/xyz") ?? Buffer.alloc(0);
    const done = await on.ended({
      sourceLocationOverride: "store/in.zip",
      sourceVersion: "abc",
      artifactsOverride: { type: "CODEPIPELINE", location: "store", path: "road/BuildOut", name: "xyz" },
    });
    expect(done).toMatchObject({
      buildStatus: "SUCCEEDED",
      sourceVersion: "arn:aws:s3:::store/in.zip",
      resolvedSourceVersion: "abc",
      source: { type: "CODEPIPELINE" },
      artifacts: {
        location: "arn:aws:s3:::store/road/BuildOut/xyz",
        sha256sum: createHash("sha256").update(artifact()).digest("hex"),
        md5sum: createHash("md5").update(artifact()).digest("hex"),
      },
      exportedEnvironmentVariables: [{ name: "V", value: "5" }],
    });
    expect(done.source).not.toHaveProperty("location");
    await unpackZip(artifact(), scratch);
    expect(readFileSync(join(scratch, "b.txt"), "utf8")).toBe("content");
  });

  it("takes a buildspec that lies in a bucket", async () => {
    on.fake.objects.set("specs/ci.yml", Buffer.from(commands("echo from the bucket")));
    await on.project("arn:aws:s3:::specs/ci.yml");
    const built = await on.ended();
    expect(built.buildStatus).toBe("SUCCEEDED");
    expect(await on.logOf(built)).toContain("YAML location is arn:aws:s3:::specs/ci.yml");
    on.fake.objects.clear();
    expect((await on.ended()).phases?.[3]?.contexts?.[0]).toEqual({
      statusCode: "YAML_FILE_ERROR",
      message: "NoSuchKey: The specified key does not exist.",
    });
  });

  it("runs for an action of a pipeline, whatever its project says of sources and artifacts", async () => {
    await putZip("store/in.zip", { "ci.yml": `${commands("true")}artifacts: { files: ['**/*'] }\n` });
    const source = { type: "GITHUB", location: "https://github.com/o/r.git", buildspec: "ci.yml" } as const;
    await on.project("", { source });
    const overrides = { sourceTypeOverride: "S3", sourceLocationOverride: "store/in.zip" } as const;
    const artifacts = { type: "S3", location: "store", path: "p", name: "out", packaging: "ZIP" } as const;
    expect((await on.ended({ ...overrides, artifactsOverride: artifacts })).artifacts?.location).toBe(
      "arn:aws:s3:::store/p/out",
    );
    expect(on.fake.objects.has("store/p/out")).toBe(true);
    const without = await on.ended({
      ...overrides,
      sourceTypeOverride: "CODEPIPELINE",
      artifactsOverride: { type: "CODEPIPELINE" },
    });
    expect(without).toMatchObject({ buildStatus: "SUCCEEDED", artifacts: { location: "" } });
  });
});
