import { randomBytes } from "node:crypto";
import { CreateSecretCommand, GetSecretValueCommand, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { LaunchFailed, type Tell } from "./progress.ts";
import type { Clients } from "./target.ts";

/** The name the reference solution gives its secret; the template reads it by a dynamic reference. */
export const SECRET_NAME = "github/personal-access-token";
const LOCAL_TOKEN_BYTES = 20;

/** Makes the secret with the Git host's token unless it is there, and answers the token. */
export const ensureToken = async (
  clients: Clients,
  token: string | undefined,
  isLocal: boolean,
  tell: Tell,
): Promise<string> => {
  const existing = await readToken(clients);
  if (existing !== undefined) {
    tell({ kind: "step", name: "secret", text: `${SECRET_NAME} is there` });
    return existing;
  }
  // The local Git host takes any token; on AWS it must be GitHub's.
  const made = token ?? (isLocal ? randomBytes(LOCAL_TOKEN_BYTES).toString("hex") : undefined);
  if (made === undefined) {
    throw new LaunchFailed(
      "The pipeline reads GitHub with a token, and there is none.",
      "GITHUB_TOKEN=… aloft launch --target aws",
    );
  }
  await clients.secretsmanager.send(
    new CreateSecretCommand({
      Name: SECRET_NAME,
      Description: "Lets CodePipeline read the repository",
      SecretString: made,
    }),
  );
  tell({ kind: "step", name: "secret", text: `${SECRET_NAME} created` });
  return made;
};

const readToken = async ({ secretsmanager }: Clients): Promise<string | undefined> => {
  try {
    return (await secretsmanager.send(new GetSecretValueCommand({ SecretId: SECRET_NAME }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
