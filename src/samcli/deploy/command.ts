import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile } from "../../awscli/cloudformation/package.ts";
import { readTemplate, type Template } from "../../awscli/cloudformation/template.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { UsageFailure } from "../failure.ts";
import { LANGUAGE_EXTENSIONS_OPTION, PARAMETERS_OPTION, TEMPLATE_OPTION, UPLOAD_OPTIONS } from "../options/common.ts";
import { flag, one, rest, toggle } from "../options/row.ts";
import { uploaderTo } from "../package/uploader.ts";
import { templatePath } from "../templatePath.ts";
import { deploymentOf } from "./deployment.ts";
import { deployStack } from "./stack.ts";
import { showDeployment } from "./summary.ts";

/** `sam deploy`: packages, makes a change set, executes it, and tells each event and what comes of it. */
const run = async (call: SamCall): Promise<number> => {
  const { given, globals } = call;
  if (given.has("on_failure") && given.has("disable_rollback"))
    throw new UsageFailure("The parameter disable_rollback must not be used together with on_failure.");
  const path = templatePath(call, true);
  const deployment = await deploymentOf(call);
  const uploader = await uploaderTo(call, deployment.bucket);
  const scratch = await mkdtemp(join(tmpdir(), "sam-deploy-"));
  try {
    const packaged = join(scratch, "packaged.template");
    const useJson = given.on("use_json");
    await writeFile(packaged, await packageFile(path, { uploader, region: globals.region, useJson }));
    const template = await readTemplate(packaged);
    showDeployment(deployment, call, hiddenParameters(template));
    const sent = deployment.bucket === undefined ? undefined : uploader;
    return await deployStack(call, deployment, { path: packaged, uploader: sent, names: template.parameterNames });
  } finally {
    await rm(scratch, { recursive: true });
  }
};

const hiddenParameters = ({ document, parameterNames }: Template): ReadonlySet<string> =>
  new Set(parameterNames.filter((name) => /^true$/i.test(String(document.getIn(["Parameters", name, "NoEcho"])))));

const NO_TERMINAL = "builds have no terminal to ask at; give the values as options or in samconfig.toml";

export const deploy: SamCommand = {
  options: [
    TEMPLATE_OPTION,
    { ...flag("--guided", "-g"), refused: NO_TERMINAL },
    one("--stack-name"),
    ...UPLOAD_OPTIONS,
    PARAMETERS_OPTION,
    rest("--capabilities"),
    rest("--tags"),
    rest("--notification-arns"),
    one("--role-arn"),
    flag("--no-execute-changeset"),
    toggle("--fail-on-empty-changeset"),
    toggle("--confirm-changeset"),
    toggle("--disable-rollback"),
    { ...one("--on-failure"), choices: ["ROLLBACK", "DELETE", "DO_NOTHING"] },
    { ...one("--max-wait-duration"), notApplied: "the build's own timeout ends what takes too long" },
    { ...toggle("--express"), notApplied: "stacks are deployed whole" },
    LANGUAGE_EXTENSIONS_OPTION,
  ],
  run,
};
