/** The names of what there is; what each does is in the SAM CLI's own reference. */
export const helpText = (command: string, names: readonly string[]): string =>
  `Usage: ${command} [OPTIONS]${command === "sam" ? " COMMAND [ARGS]..." : ""}\n\n${names.map((name) => `  ${name}\n`).join("")}\nhttps://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-command-reference.html\n`;
