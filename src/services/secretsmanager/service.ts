import * as model from "@aws-sdk/client-secrets-manager";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { batchGetSecretValue } from "./operations/batchGetSecretValue.ts";
import { cancelRotateSecret } from "./operations/cancelRotateSecret.ts";
import { createSecret } from "./operations/createSecret.ts";
import { deleteSecret } from "./operations/deleteSecret.ts";
import { describeSecret } from "./operations/describeSecret.ts";
import { getRandomPassword } from "./operations/getRandomPassword.ts";
import { getSecretValue } from "./operations/getSecretValue.ts";
import { listSecrets } from "./operations/listSecrets.ts";
import { listSecretVersionIds } from "./operations/listSecretVersionIds.ts";
import { putSecretValue } from "./operations/putSecretValue.ts";
import {
  removeRegionsFromReplication,
  replicateSecretToRegions,
  stopReplicationToReplica,
} from "./operations/replication.ts";
import {
  deleteResourcePolicy,
  getResourcePolicy,
  putResourcePolicy,
  validateResourcePolicy,
} from "./operations/resourcePolicy.ts";
import { restoreSecret } from "./operations/restoreSecret.ts";
import { rotateSecret } from "./operations/rotateSecret.ts";
import { tagResource, untagResource } from "./operations/tags.ts";
import { updateSecret } from "./operations/updateSecret.ts";
import { updateSecretVersionStage } from "./operations/updateSecretVersionStage.ts";
import { resourcePolicyType } from "./resources/resourcePolicy.ts";
import { rotationScheduleType } from "./resources/rotationSchedule.ts";
import { secretType } from "./resources/secret.ts";
import { openRoom, type Room } from "./room.ts";
import { resumeRotations, rotateDue } from "./rotation/rotate.ts";

/** AWS Secrets Manager. */
export default defineService<Room, "secretsmanager">({
  name: "secretsmanager",
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps, rotateDue);
    room.agenda.resume();
    return room;
  },
  close: async (room) => room.agenda.close(),
  resume: resumeRotations,
  operations: {
    BatchGetSecretValue: batchGetSecretValue,
    CancelRotateSecret: cancelRotateSecret,
    CreateSecret: createSecret,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSecret: deleteSecret,
    DescribeSecret: describeSecret,
    GetRandomPassword: getRandomPassword,
    GetResourcePolicy: getResourcePolicy,
    GetSecretValue: getSecretValue,
    ListSecretVersionIds: listSecretVersionIds,
    ListSecrets: listSecrets,
    PutResourcePolicy: putResourcePolicy,
    PutSecretValue: putSecretValue,
    RemoveRegionsFromReplication: removeRegionsFromReplication,
    ReplicateSecretToRegions: replicateSecretToRegions,
    RestoreSecret: restoreSecret,
    RotateSecret: rotateSecret,
    StopReplicationToReplica: stopReplicationToReplica,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSecret: updateSecret,
    UpdateSecretVersionStage: updateSecretVersionStage,
    ValidateResourcePolicy: validateResourcePolicy,
  },
  iam,
  resources: [secretType, resourcePolicyType, rotationScheduleType],
});
