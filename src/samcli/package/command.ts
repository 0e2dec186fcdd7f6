import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { packageFile } from "../../awscli/cloudformation/package.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { SamFailure } from "../failure.ts";
import { LANGUAGE_EXTENSIONS_OPTION, PARAMETERS_OPTION, TEMPLATE_OPTION, UPLOAD_OPTIONS } from "../options/common.ts";
import { one } from "../options/row.ts";
import { templatePath } from "../templatePath.ts";
import { managedBucket } from "./managedBucket.ts";
import { uploaderTo } from "./uploader.ts";

/** `sam package`: code goes to a bucket, and the template is written with its places there. */
const run = async (call: SamCall): Promise<number> => {
  const { given, io, globals } = call;
  const path = templatePath(call, true);
  const named = given.text("s3_bucket");
  const isManaged = given.on("resolve_s3");
  if (named !== undefined && isManaged)
    throw new SamFailure("Cannot use both --resolve-s3 and --s3-bucket parameters. Please use only one.");
  const bucket = isManaged ? await managedBucket(call) : named;
  if (bucket === undefined)
    throw new SamFailure(
      "Cannot skip both --resolve-s3 and --s3-bucket parameters. Please provide one of these arguments.",
    );
  const text = await packageFile(path, {
    uploader: await uploaderTo(call, bucket),
    region: globals.region,
    useJson: given.on("use_json"),
  });
  const target = given.text("output_template_file");
  if (target === undefined) io.out(`${text}\n`);
  else {
    const written = resolve(io.cwd, target);
    await writeFile(written, text);
    io.out(
      `\nSuccessfully packaged artifacts and wrote output template to file ${target}.\nExecute the following command to deploy the packaged template\nsam deploy --template-file ${written} --stack-name <YOUR STACK NAME>\n\n`,
    );
  }
  return 0;
};

export const packageApplication: SamCommand = {
  options: [
    TEMPLATE_OPTION,
    one("--output-template-file"),
    ...UPLOAD_OPTIONS,
    PARAMETERS_OPTION,
    LANGUAGE_EXTENSIONS_OPTION,
  ],
  run,
};
