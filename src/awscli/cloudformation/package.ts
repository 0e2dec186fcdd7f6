import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { filesBelow } from "../../engines/build/walk.ts";
import { packZip } from "../../engines/build/zip/pack.ts";
import { loadSdk } from "../clients.ts";
import type { CommandLine } from "../commandLine.ts";
import { type Arity, splitKnown } from "../input/options.ts";
import { CliError, EXIT, usageError } from "../io.ts";
import { ARTIFACT_PROPERTIES, type ArtifactProperty } from "./artifacts.ts";
import { readTemplate, replaceIncludes, type Template, type TemplateResource } from "./template.ts";
import { templateUrl } from "./templateSource.ts";
import { createUploader, type Uploader } from "./upload.ts";

/** `aws cloudformation package`: local files that a template names go to S3, and the template is written with their places. */
export const packageTemplate = async (
  { words, globals, io }: CommandLine,
  names: (operation: string) => void,
): Promise<number> => {
  const { options } = splitKnown(words, ARITY);
  const one = (option: string) => options.get(option)?.[0];
  const file = one("template-file");
  const bucket = one("s3-bucket");
  if (file === undefined || bucket === undefined)
    throw usageError("the following arguments are required: --template-file, --s3-bucket");
  names("PutObject");
  const sdk = await loadSdk("s3api", globals, io);
  const upload = { bucket, prefix: one("s3-prefix"), kmsKeyId: one("kms-key-id"), force: options.has("force-upload") };
  const text = await packageFile(resolve(io.cwd, file), {
    uploader: createUploader(sdk, upload, io),
    region: globals.region,
    useJson: options.has("use-json"),
  });
  const target = one("output-template-file");
  if (target === undefined) io.out(text);
  else {
    const path = resolve(io.cwd, target);
    await writeFile(path, text);
    io.out(
      `\nSuccessfully packaged artifacts and wrote output template to file ${target}.\nExecute the following command to deploy the packaged template\naws cloudformation deploy --template-file ${path} --stack-name <YOUR STACK NAME>\n`,
    );
  }
  return EXIT.ok;
};

/** The text of a template whose local files, and whose nested templates' files, have gone to S3. */
export const packageFile = async (path: string, options: Omit<Packaging, "scratch">): Promise<string> => {
  const scratch = await mkdtemp(join(tmpdir(), "aws-package-"));
  try {
    return await packaged(path, { ...options, scratch });
  } finally {
    await rm(scratch, { recursive: true });
  }
};

const ARITY: Readonly<Record<string, Arity>> = {
  "template-file": "one",
  "s3-bucket": "one",
  "s3-prefix": "one",
  "kms-key-id": "one",
  "output-template-file": "one",
  "use-json": "none",
  "force-upload": "none",
  "no-force-upload": "none",
  metadata: "many",
};

interface Packaging {
  readonly uploader: Uploader;
  /** A folder for archives. */
  readonly scratch: string;
  readonly region: string | undefined;
  readonly useJson: boolean;
}

const packaged = async (path: string, packaging: Packaging): Promise<string> => {
  const template = await readTemplate(path);
  for (const resource of template.resources) {
    for (const artifact of ARTIFACT_PROPERTIES) {
      if (artifact.type === resource.type) await packageProperty(template, resource, artifact, path, packaging);
    }
  }
  await replaceIncludes(template, async (location) => {
    if (!isLocal(location)) return location;
    const key = await packaging.uploader.upload(
      await existing(resolve(dirname(path), location), "Location", "AWS::Include"),
    );
    return `s3://${packaging.uploader.bucket}/${key}`;
  });
  return packaging.useJson ? template.json() : template.yaml();
};

const packageProperty = async (
  template: Template,
  resource: TemplateResource,
  artifact: ArtifactProperty,
  templatePath: string,
  packaging: Packaging,
): Promise<void> => {
  if (artifact.unless && resource.has(artifact.unless)) return;
  if (resource.text("PackageType") === "Image") return;
  if (artifact.required && !template.document.hasIn(["Resources", resource.id, "Properties"])) return;
  const written = resource.has(artifact.property)
    ? resource.text(artifact.property)
    : artifact.required
      ? "."
      : undefined;
  // Places in S3, and what an intrinsic function will say, stay as they are.
  if (written === undefined || !isLocal(written)) return;
  try {
    const path = await existing(resolve(dirname(templatePath), written), artifact.property, resource.id);
    resource.set(artifact.property, await uploaded(path, artifact, packaging));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      `\nUnable to upload artifact ${written} referenced by ${artifact.property} parameter of ${resource.id} resource.\n${error.message.trim()}`,
    );
  }
};

const isLocal = (text: string): boolean => !/^(s3|https?):\/\//.test(text);

const existing = async (path: string, property: string, id: string): Promise<string> => {
  try {
    await stat(path);
    return path;
  } catch {
    throw new CliError(
      `\nParameter ${property} of resource ${id} refers to a file or folder that does not exist ${path}`,
    );
  }
};

const uploaded = async (path: string, artifact: ArtifactProperty, packaging: Packaging): Promise<unknown> => {
  const { uploader, scratch, region } = packaging;
  if (artifact.becomes === "templateUrl") {
    const nested = join(scratch, `${basename(path)}.template`);
    await writeFile(nested, await packaged(path, packaging));
    return templateUrl(uploader.bucket, await uploader.upload(nested, "template"), region);
  }
  const file = await archived(path, artifact.zipped ?? false, scratch);
  const key = await uploader.upload(file);
  if (artifact.becomes === "uri") return `s3://${uploader.bucket}/${key}`;
  return { [artifact.becomes.bucket]: uploader.bucket, [artifact.becomes.key]: key };
};

/** A folder as an archive; a file too where code must be one. Archives are taken as they are. */
const archived = async (path: string, zipped: boolean, scratch: string): Promise<string> => {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder && (!zipped || /\.(zip|jar)$/i.test(path))) return path;
  const files = isFolder ? await filesBelow(path, "", { keepLinks: false }) : [{ name: basename(path), path }];
  const archive = join(await mkdtemp(join(scratch, "zip-")), "archive");
  await packZip(files, archive);
  return archive;
};
