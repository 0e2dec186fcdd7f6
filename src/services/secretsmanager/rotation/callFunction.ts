import { rotationFailed } from "../errors.ts";
import type { Room } from "../room.ts";

/** What a rotation function is called for, in this order. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
export const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

type Step = (typeof STEPS)[number];

/** Has a secret's function do one step of a rotation. Throws when it fails. */
export const callFunction = async (room: Room, name: string, versionId: string, Step: Step): Promise<void> => {
  const secret = room.secrets.get(name);
  const lambdaArn = secret?.rotation?.lambdaArn;
  if (secret === undefined || lambdaArn === undefined) throw rotationFailed("the secret no longer rotates");
  const { FunctionError, Payload } = await rotationContext(room).call("lambda", "Invoke", {
    FunctionName: lambdaArn,
    Payload: new TextEncoder().encode(JSON.stringify({ Step, SecretId: secret.arn, ClientRequestToken: versionId })),
  });
  if (FunctionError === undefined) return;
  const answer = Payload instanceof Uint8Array ? new TextDecoder().decode(Payload) : "";
  throw rotationFailed(`${Step} ended with ${FunctionError} ${answer}`);
};

/** Secrets Manager itself: a function lets it in by its resource policy. */
export const rotationContext = (room: Room) =>
  room.contextAs({ kind: "service", account: room.account, service: "secretsmanager.amazonaws.com" });
