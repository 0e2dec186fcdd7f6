import type { SamCall } from "../command.ts";
import type { Deployment } from "./deployment.ts";

/** Tells what will be deployed, before it is; values of NoEcho parameters are hidden. */
export const showDeployment = (deployment: Deployment, { globals, io }: SamCall, hidden: ReadonlySet<string>): void => {
  const { stackName, bucket, capabilities, overrides, disableRollback } = deployment;
  const shown = [...overrides].map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(hidden.has(name) ? "*****" : value)}`,
  );
  const rows = {
    "Stack name": stackName,
    Region: globals.region ?? "None",
    "Confirm changeset": "False",
    "Disable rollback": disableRollback ? "True" : "False",
    "Deployment s3 bucket": bucket ?? "None",
    Capabilities: capabilities ? `[${capabilities.map((each) => JSON.stringify(each)).join(", ")}]` : "null",
    "Parameter overrides": `{${shown.join(", ")}}`,
    "Signing Profiles": "{}",
  };
  io.out("\n\tDeploying with following values\n\t===============================\n");
  for (const [name, value] of Object.entries(rows)) io.out(`\t${name.padEnd(29)}: ${value}\n`);
  io.out("\nInitiating deployment\n=====================\n");
};
