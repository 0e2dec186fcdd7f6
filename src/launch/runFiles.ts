import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { fromBufferPromise } from "yauzl";
import { errorMessage } from "../kernel/errors.ts";
import type { RunAction, RunDetail } from "./runs.ts";
import type { Clients } from "./target.ts";

/** A template that an action deployed, with the parameters it gave. */
export interface DeployedTemplate {
  readonly stage: string;
  readonly action: string;
  readonly stack: string;
  readonly path: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The templates and parameters that a run deployed, read from its artifacts. */
export const templatesOf = async (clients: Clients, run: RunDetail): Promise<readonly DeployedTemplate[]> => {
  const templates: DeployedTemplate[] = [];
  for (const action of run.actions) {
    const { TemplatePath = "", StackName = "", ParameterOverrides } = action.configuration;
    const [artifact = "", path = ""] = TemplatePath.split("::");
    if (action.provider !== "CloudFormation" || path === "") continue;
    templates.push({
      stage: action.stage,
      action: action.action,
      stack: StackName,
      path: TemplatePath,
      text: await fileOf(clients, action, artifact, path),
      parameters: parametersOf(ParameterOverrides),
    });
  }
  return templates;
};

const parametersOf = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    // The action failed by it; it is shown as it was given.
    return { ParameterOverrides: text };
  }
};

/** A file of an action's input artifact; a line that says why when it is not there any more. */
const fileOf = async ({ s3 }: Clients, { inputs }: RunAction, artifact: string, path: string): Promise<string> => {
  const place = inputs.find(({ name }) => name === artifact);
  if (!place) return `# The action was not given the artifact ${artifact}.`;
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: place.bucket, Key: place.key }));
    const zip = await fromBufferPromise(Buffer.from((await Body?.transformToByteArray()) ?? []), { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName === path)
        return (await buffer(Readable.from(await zip.openReadStreamPromise(entry)))).toString();
    }
    return `# ${path} is not in the artifact ${artifact}.`;
  } catch (error) {
    return `# ${path} cannot be read: ${errorMessage(error)}`;
  }
};
