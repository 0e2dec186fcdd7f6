import { ARTIFACT_PROPERTIES } from "../../awscli/cloudformation/artifacts.ts";
import { readTemplate, type TemplateResource } from "../../awscli/cloudformation/template.ts";
import { samTransformText } from "../../services/cloudformation/transform/command.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { SamFailure } from "../failure.ts";
import { LANGUAGE_EXTENSIONS_OPTION, TEMPLATE_OPTION } from "../options/common.ts";
import { flag } from "../options/row.ts";
import { templatePath } from "../templatePath.ts";

/** `sam validate`: whether the template can be transformed, code of this machine taken as if it were in S3. */
const run = async (call: SamCall): Promise<number> => {
  const path = templatePath(call, false);
  const { region } = call.globals;
  if (region === undefined)
    throw new SamFailure("AWS Region was not found. Please configure your region through a profile or --region option");
  const template = await readTemplate(path);
  for (const resource of template.resources) placeInS3(resource);
  const { stderr, exitCode } = samTransformText(template.json(), { region });
  if (exitCode !== 0) {
    call.io.out(`Template provided at '${path}' was invalid SAM Template.\n`);
    throw new SamFailure(stderr.trim());
  }
  call.io.out(
    `${path} is a valid SAM Template. This is according to basic SAM Validation, for additional validation, please run with "--lint" option\n`,
  );
  return 0;
};

const placeInS3 = (resource: TemplateResource): void => {
  for (const { type, property, becomes, required, unless } of ARTIFACT_PROPERTIES) {
    if (type !== resource.type || !type.startsWith("AWS::Serverless::") || becomes !== "uri") continue;
    const isMissing = required && !resource.has(property) && !(unless && resource.has(unless));
    if (isMissing || resource.text(property) !== undefined) resource.set(property, "s3://bucket/value");
  }
};

export const validate: SamCommand = {
  options: [
    TEMPLATE_OPTION,
    { ...flag("--lint"), refused: "cfn-lint is no part of it; run cfn-lint itself" },
    LANGUAGE_EXTENSIONS_OPTION,
  ],
  run,
};
