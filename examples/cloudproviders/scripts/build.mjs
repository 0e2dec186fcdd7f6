// Bundles each function into dist/NAME/index.mjs, the folder that the template names as its CodeUri.
import { rm, utimes } from "node:fs/promises";
import { build } from "esbuild";

const FUNCTIONS = ["getData", "postData"];
/** A fixed time for the files: `aws cloudformation package` names a zip by its bytes, so code that did not change keeps
 * its name and its function is not deployed anew. */
const FILE_TIME = new Date("2000-01-01T00:00:00Z");

await rm("dist", { recursive: true, force: true });
for (const name of FUNCTIONS) {
  const outfile = `dist/${name}/index.mjs`;
  await build({
    entryPoints: [`functions/${name}Handler.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    // The Lambda runtime has the AWS SDK: a bundle of a few kilobytes uploads and starts faster.
    external: ["@aws-sdk/*"],
  });
  await utimes(outfile, FILE_TIME, FILE_TIME);
  await utimes(`dist/${name}`, FILE_TIME, FILE_TIME);
}
console.log(`built ${FUNCTIONS.map((name) => `dist/${name}`).join(", ")}`);
