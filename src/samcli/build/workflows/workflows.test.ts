import { existsSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtTemplate, directory, file, freshForEachTest, program, read, sam } from "../../testSam.ts";

freshForEachTest();

const built = (name: string) => `.aws-sam/build/${name}`;
const isBuilt = (name: string) => existsSync(join(directory, built(name)));

/** A template of one resource. */
const template = (type: string, properties: object, metadata: object = {}) =>
  file(
    "template.yaml",
    JSON.stringify({
      Transform: "AWS::Serverless-2016-10-31",
      Resources: { It: { Type: `AWS::Serverless::${type}`, Metadata: metadata, Properties: properties } },
    }),
  );

describe("esbuild", () => {
  const bundled = (properties: object) =>
    template(
      "Function",
      { CodeUri: "src", Handler: "src/app.handler", Runtime: "nodejs20.x" },
      { BuildMethod: "esbuild", BuildProperties: properties },
    );
  const withEsbuild = () => {
    file("node_modules/.bin/keep", "");
    const own = createRequire(import.meta.url).resolve("esbuild/bin/esbuild");
    symlinkSync(own, join(directory, "node_modules/.bin/esbuild"));
  };

  it("makes one file of an entry point, and fits the template to it", async () => {
    bundled({
      Minify: false,
      Target: "es2022",
      Sourcemap: true,
      EntryPoints: ["src/app.ts"],
      External: ["pg"],
      Define: ["N=1"],
    });
    file(
      "src/src/app.ts",
      'import { word } from "./word"; declare const N: number;\nexport const handler = () => [word, N];',
    );
    file("src/src/word.ts", "export const word: string = 'bundled';");
    withEsbuild();
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining(" Running NodejsNpmEsbuildBuilder:EsbuildBundle"),
    });
    expect(read(built("It/app.js"))).toMatch(/"bundled"[\s\S]*\[word, 1\]/);
    expect(isBuilt("It/app.js.map")).toBe(true);
    expect(builtTemplate().Resources.It.Properties).toEqual({
      CodeUri: "It",
      Handler: "app.handler",
      Runtime: "nodejs20.x",
      Environment: { Variables: { NODE_OPTIONS: "--enable-source-maps" } },
    });
  });

  it("says what is missing", async () => {
    bundled({ EntryPoints: ["gone.ts"] });
    file("src/app.ts", "x");
    expect((await sam("build")).err).toContain(
      `Error: NodejsNpmEsbuildBuilder:EsbuildBundle - entry point ${join(directory, "src/gone.ts")} does not exist\n`,
    );
    bundled({ EntryPoints: ["app.ts"] });
    file("src/app.ts", "export const a = ;");
    withEsbuild();
    expect((await sam("build")).err).toMatch(
      /Error: NodejsNpmEsbuildBuilder:EsbuildBundle - Esbuild Failed: .*Unexpected/s,
    );
  });
});

describe("makefiles", () => {
  it("are run for the resource, with a folder for what they make", async () => {
    template(
      "Function",
      { CodeUri: "src", Handler: "bootstrap", Runtime: "provided.al2023" },
      { WorkingDirectory: "deep" },
    );
    file("src/Makefile", "build-It:\n");
    file("src/deep/code", "made");
    program("make", 'echo "$@"; cp code "$ARTIFACTS_DIR/bootstrap"');
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining(`--makefile ${join(directory, "src/Makefile")} build-It\n`),
    });
    expect(read(built("It/bootstrap"))).toBe("made");
    program("make", "echo it broke >&2; exit 2");
    expect(await sam("build")).toMatchObject({
      code: 1,
      err: expect.stringContaining("Error: CustomMakeBuilder:MakeBuild - Make Failed: it broke\n"),
    });
  });
});

describe("Python", () => {
  it("has what pip installs beside its code, without what people leave there", async () => {
    template("Function", { CodeUri: "src", Handler: "app.handler", Runtime: "python3.12" });
    file("src/app.py", "x");
    file("src/requirements.txt", "requests\n");
    file("src/__pycache__/app.pyc", "x");
    program("python3", 'while [ "$1" != --target ]; do shift; done; echo installed > "$2/requests.py"');
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining(" Running PythonPipBuilder:ResolveDependencies"),
    });
    expect([read(built("It/app.py")), read(built("It/requests.py"))]).toEqual(["x", "installed\n"]);
    expect(isBuilt("It/__pycache__")).toBe(false);
    program("python3", "echo no such package >&2; exit 1");
    expect((await sam("build")).err).toContain("Error: PythonPipBuilder:ResolveDependencies - no such package\n");
  });
});

describe("layers", () => {
  it("have the folder of their language", async () => {
    template("LayerVersion", { ContentUri: "layer" }, { BuildMethod: "nodejs20.x" });
    file("layer/index.js", "x");
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("Building layer 'It'\n") });
    expect(read(built("It/nodejs/index.js"))).toBe("x");
    expect(builtTemplate().Resources.It.Properties.ContentUri).toBe("It");
    template("LayerVersion", { ContentUri: "layer" }, { BuildMethod: "python3.12" });
    expect((await sam("build")).err).toContain(
      "requirements.txt file not found. Continuing the build without dependencies.\n",
    );
    expect(isBuilt("It/python/index.js")).toBe(true);
  });

  it("without a BuildMethod stay as they are", async () => {
    template("LayerVersion", { ContentUri: "layer" });
    expect((await sam("build")).code).toBe(0);
    expect(builtTemplate().Resources.It.Properties.ContentUri).toBe("../../layer");
  });
});
