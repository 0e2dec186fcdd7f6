import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { referenceText, summariesText } from "../../scripts/guide.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { builtCli, plainEnvironment, ROOT, run } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

const GUIDE = join(ROOT, "docs", "guide");
const page = (name: string) => readFileSync(join(GUIDE, name), "utf8");
const pages = [...page("README.md").matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name = ""]) => name);

test("the reference of commands is what the commands say", async () => {
  expect(page("commands.md"), "npm run generate -- guide").toBe(await referenceText());
  expect(readFileSync(join(ROOT, "src/cli/summaries.generated.json"), "utf8"), "the same").toBe(await summariesText());
});

/** The commands of the guide, in its order, on one cloud. */
describe("the commands of the guide", () => {
  const folder = temporaryDirectory();
  const shop = join(folder.path, "shop");
  const home = join(folder.path, "home");
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    mkdirSync(join(home, "bin"), { recursive: true });
    cpSync(join(ROOT, "test/fixtures/hello-world"), shop, { recursive: true });
    // Both commands as a user has them: aloft, and the AWS CLI by the one that builds have.
    writeFileSync(join(home, "bin", "aloft"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`);
    writeFileSync(join(home, "bin", "aws"), `#!/bin/sh\nexec "${process.execPath}" "${ROOT}/dist/aws.js" "$@"\n`);
    for (const name of ["aloft", "aws"]) chmodSync(join(home, "bin", name), 0o755);
    const plain = plainEnvironment(home);
    env = { ...plain, PATH: `${join(home, "bin")}:${plain["PATH"]}`, ALOFT_PORT: String(await freePort()) };
  }, 60_000);
  afterAll(async () => {
    await run("bash", ["-c", "aloft stop"], { cwd: shop, env });
    folder[Symbol.dispose]();
  });

  const blocks = pages.map((name) => ({
    name,
    text: [...page(name).matchAll(/^```sh run\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text).join("\n"),
  }));
  it.each(blocks.filter(({ text }) => text !== ""))("of $name", { timeout: 180_000 }, async ({ name, text }) => {
    const ended = await run("bash", ["-euxo", "pipefail", "-c", text], { cwd: shop, env, timeoutMs: 170_000 });
    expect(ended.status, ended.all).toBe(0);
    // As in one shell that stays open: the exports of the first page hold for the others.
    if (name !== "getting-started.md") return;
    const exported = await run("bash", ["-c", "aloft env --json"], { cwd: shop, env });
    env = { ...env, ...JSON.parse(exported.stdout) };
  });

  it("are nearly all there are: what is left out needs AWS", () => {
    const shells = pages.flatMap((name) => [...page(name).matchAll(/^```(\w+)( run)?$/gm)]);
    expect(shells.filter(([, language, marked]) => language === "sh" && marked === undefined)).toEqual([]);
    expect(shells.filter(([, language]) => language === "console")).toHaveLength(2);
  });
});
