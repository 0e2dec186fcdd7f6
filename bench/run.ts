import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

/** `npm run bench [-- NAME…]`: every benchmark, or those named, one after the other, each in a process of its own. */
const ALL = [
  "startup",
  "launch",
  "requests",
  "serverlessOffline",
  "stacks",
  "pipelines",
  "builds",
  "objects",
  "dynamodb",
  "tables",
  "soak",
  "rude",
  "cold",
];

const named = process.argv.slice(2);
for (const name of named) if (!ALL.includes(name)) throw new Error(`There is no ${name}; there are ${ALL.join(", ")}.`);

const gib = Math.round(totalmem() / 1024 ** 3);
console.log(`${cpus().length} cores, ${gib} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`);
for (const name of named.length > 0 ? named : ALL) {
  console.log(`\n# ${name}`);
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const [status] = await once(spawn(process.execPath, ["--import", "tsx", file], { stdio: "inherit", env }), "exit");
  if (status !== 0) process.exitCode = 1;
}
