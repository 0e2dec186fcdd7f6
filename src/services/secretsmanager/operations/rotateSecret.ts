import { NotImplemented } from "../../../kernel/errors.ts";
import { cannotInvoke, invalidRequest, rotationTokenMissing } from "../errors.ts";
import { findOwnSecret } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { rotationContext } from "../rotation/callFunction.ts";
import { keepWithNext, startRotation, testRotation, unfinished } from "../rotation/rotate.ts";
import { rotationRules } from "../rotation/rules.ts";
import { secretNameView } from "../views.ts";

export const rotateSecret =
  (room: Room): Operation<"RotateSecret"> =>
  async (_ctx, input) => {
    if (input.ExternalSecretRotationMetadata ?? input.ExternalSecretRotationRoleArn) {
      throw new NotImplemented("secretsmanager:RotateSecret of external secrets");
    }
    const { ClientRequestToken: VersionId } = input;
    if (VersionId === undefined) throw rotationTokenMissing();
    const { rotation } = findOwnSecret(room, input.SecretId);
    const lambdaArn = input.RotationLambdaARN ?? rotation?.lambdaArn;
    if (lambdaArn === undefined) {
      throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
    }
    const rules = input.RotationRules === undefined ? rotation?.rules : rotationRules(input.RotationRules);
    await checkInvocable(room, lambdaArn);
    const secret = findOwnSecret(room, input.SecretId);
    const kept = keepWithNext(room, secret, { ...rotation, isOn: true, lambdaArn, rules });
    const begun = unfinished(kept);
    if (begun !== undefined && begun !== VersionId) {
      startRotation(room, kept, begun);
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    if (input.RotateImmediately === false) {
      testRotation(room, kept);
      return secretNameView(kept);
    }
    startRotation(room, kept, VersionId);
    return { ...secretNameView(kept), VersionId };
  };

/** AWS: a function that does not let Secrets Manager in is refused before anything changes. */
const checkInvocable = async (room: Room, FunctionName: string): Promise<void> => {
  try {
    await rotationContext(room).call("lambda", "Invoke", { FunctionName, InvocationType: "DryRun" });
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    throw cannotInvoke();
  }
};
