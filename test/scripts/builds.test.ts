import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { expect, test } from "vitest";
import { ROOT, run } from "../e2e/aloftCli.ts";
import { temporaryDirectory } from "../socket/clouds.ts";

const script = (name: string) => pathToFileURL(join(ROOT, "scripts", name)).href;

test("the files of the last ten builds stay: a cloud that runs may load them yet", async () => {
  using folder = temporaryDirectory();
  const { keepBuilds }: { keepBuilds: (folder: string, names: readonly string[]) => void } = await import(
    script("keepBuilds.mjs")
  );
  const keep = (name: string) => {
    for (const each of ["shared.js", name]) writeFileSync(join(folder.path, each), "");
    keepBuilds(folder.path, ["shared.js", name]);
  };
  mkdirSync(join(folder.path, "stray"));
  for (let count = 1; count <= 10; count += 1) keep(`${count}.js`);
  expect(readdirSync(folder.path)).not.toContain("stray");
  expect(readdirSync(folder.path)).toContain("1.js");
  keep("10.js");
  expect(readdirSync(folder.path), "the same build again is no further one").toContain("1.js");
  keep("11.js");
  expect(readdirSync(folder.path)).toEqual(expect.arrayContaining(["2.js", "11.js", "shared.js"]));
  expect(readdirSync(folder.path)).not.toContain("1.js");
});

test("a room is built with the schemas of its service, and without the SDK's client of it", async () => {
  const { modelsOnly }: { modelsOnly: (root: string) => Plugin } = await import(script("modelsOnly.mjs"));
  const bundle = async (importer: string) => {
    const { outputFiles } = await build({
      stdin: {
        contents: 'import * as model from "@aws-sdk/client-sts"; console.log(model);',
        sourcefile: join(ROOT, importer),
        resolveDir: ROOT,
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      mainFields: ["module", "main"],
      plugins: [modelsOnly(`${ROOT}/`)],
    });
    return outputFiles[0]?.text;
  };
  const client = expect.stringMatching(/\bSTSClient\b/);
  const schema = expect.stringMatching(/AssumeRole\$ = /);
  const room = await bundle("src/services/sts/service.ts");
  expect(room).toEqual(schema);
  expect(room).not.toEqual(client);
  expect(await bundle("src/cli/main.ts"), "elsewhere the client is what is imported").toEqual(client);
});

test("CommonJS that our code loads late, by names it would lose in the bundle, fails the build", async () => {
  const { refuseLateCommonJs }: { refuseLateCommonJs: (metafile: object) => void } = await import(
    script("lateCommonJs.mjs")
  );
  const imports = (kind: string) => ({
    inputs: {
      "src/report.ts": { imports: [{ kind, path: "node_modules/yaml/dist/index.js" }] },
      "node_modules/yaml/dist/index.js": { imports: [], format: "cjs" },
    },
  });
  expect(() => refuseLateCommonJs(imports("dynamic-import"))).toThrow("src/report.ts: node_modules/yaml/dist/index.js");
  refuseLateCommonJs(imports("import-statement"));
});

test("what runs functions is built for Node.js 12 as well", () => {
  const folder = join(ROOT, "dist", "chunks", "bootstrap", "node");
  const sources = join(ROOT, "src", "engines", "function", "bootstrap", "node");
  expect(readdirSync(folder).sort()).toEqual(readdirSync(sources).sort());
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "utf8"), name).not.toMatch(
      /\?\.\w|\?\?|\|\|=|&&=|\.at\(|\.replaceAll\(|Object\.hasOwn\(|structuredClone\(/,
    );
});

test("one build of the console at a time; who died with the lock is not waited for", async () => {
  using folder = temporaryDirectory();
  const path = join(folder.path, "console.lock");
  const take = (wait: boolean) => {
    const code = `import { takeLock } from ${JSON.stringify(script("buildLock.mjs"))};
      console.log(await takeLock(${JSON.stringify(path)}, { wait: ${wait} }));`;
    return run(process.execPath, ["--input-type=module", "-e", code], { cwd: folder.path, env: process.env });
  };
  writeFileSync(path, String(process.pid));
  expect(await take(false)).toMatchObject({ status: 0, stdout: "false\n" });
  expect(readFileSync(path, "utf8")).toBe(String(process.pid));
  const gone = await run(process.execPath, ["-p", "process.pid"], { cwd: folder.path, env: process.env });
  writeFileSync(path, gone.stdout.trim());
  expect(await take(true)).toMatchObject({ status: 0, stdout: "true\n" });
  expect(existsSync(path), "given back at the end").toBe(false);
});
