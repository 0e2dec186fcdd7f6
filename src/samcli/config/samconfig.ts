import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { SamFailure } from "../failure.ts";
import { readConfigFile } from "./configFile.ts";

export interface ConfigChoice {
  /** Where a file is looked for: beside the template. */
  readonly folder: string;
  /** `--config-file` */
  readonly file: string | undefined;
  /** `--config-env` */
  readonly environment: string | undefined;
}

/**
 * The values that a configuration file has for a command, by the options' names with underscores: those of
 * `[ENV.global.parameters]`, and over them those of `[ENV.COMMAND.parameters]`.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export const configuredValues = async (command: string, choice: ConfigChoice): Promise<JsonObject> => {
  const path = configPath(choice);
  const content = path === undefined ? undefined : await readConfigFile(path);
  if (!isJsonObject(content) || Object.keys(content).length === 0) return {};
  if (typeof content["version"] !== "number")
    throw new SamFailure("Error reading configuration: 'version' key is not present or is in unrecognized format. ");
  const environment = section(content, choice.environment ?? "default");
  const parametersOf = (name: string) => section(section(environment, name), "parameters");
  return { ...parametersOf("global"), ...parametersOf(command.replace(/[- ]/g, "_")) };
};

const configPath = ({ folder, file }: ConfigChoice): string | undefined => {
  if (file === undefined) return NAMES.map((name) => resolve(folder, name)).find(existsSync);
  const path = resolve(folder, file);
  if (!existsSync(path)) throw new SamFailure(`Config file ${file} does not exist or could not be read!`);
  return path;
};

/** In the order in which the SAM CLI prefers them. */
const NAMES = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

const section = (content: JsonObject, name: string): JsonObject => {
  const found = own(content, name);
  return isJsonObject(found) ? found : {};
};
