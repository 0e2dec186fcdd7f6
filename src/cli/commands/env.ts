import type { Command } from "commander";
import type { TrustFiles } from "../../kernel/trust.ts";
import { cloudHere } from "../cloudHere.ts";
import { callControl } from "../control.ts";
import { createOutput } from "../render/output.ts";
import { type RunningCloud, withCloudOptions } from "../settings.ts";

export const registerEnv = (program: Command): void => {
  withCloudOptions(program.command("env"))
    .description("Print exports that point the AWS CLI and SDKs at the cloud")
    .option(
      "--proxy",
      "also for clients that know no endpoint: a proxy that leads AWS's names here, and its certificates",
    )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(aloft env)"\n  aws sts get-caller-identity\n  eval "$(aloft env --proxy)"; serverless deploy',
    )
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { running, state, target } = await cloudHere(options);
      const variables = {
        AWS_ENDPOINT_URL: running.endpoint,
        AWS_ACCESS_KEY_ID: target.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: target.credentials.secretAccessKey,
        AWS_REGION: running.region,
        AWS_DEFAULT_REGION: running.region,
        ...(options.proxy ? await proxyVariables(running, state) : {}),
      };
      for (const [name, value] of Object.entries(variables)) output.line(`export ${name}=${quoted(value)}`);
      // A session token or a profile of the user's own would take the place of the keys above.
      output.line("unset AWS_SESSION_TOKEN AWS_PROFILE");
      output.result(variables);
    });
};

/** What this cloud itself is reached by without the proxy. */
const DIRECT = "localhost,127.0.0.1,::1,.localhost";

/**
 * Python and OpenSSL read their bundle instead of the roots they know, so theirs has the public ones too; Node reads its
 * file beside them.
 */
const proxyVariables = async (running: RunningCloud, state: string) => {
  const { ca, bundle } = (await callControl(running, state, "POST", "/_aloft/trust")) as TrustFiles;
  return {
    HTTPS_PROXY: running.endpoint,
    https_proxy: running.endpoint,
    NO_PROXY: DIRECT,
    no_proxy: DIRECT,
    NODE_EXTRA_CA_CERTS: ca,
    AWS_CA_BUNDLE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    GIT_SSL_CAINFO: bundle,
    ALOFT_CA: ca,
  };
};

/** For a shell: as it is where it is plain, in single quotes otherwise. */
const quoted = (value: string): string =>
  /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
