import { rootOf } from "../../../kernel/principal.ts";
import { arnOf } from "../place.ts";
import { type Room, SERVICE_PRINCIPAL } from "../room.ts";
import { messageOf, type Told } from "./message.ts";

/** Sends a trigger's message. Throws what the topic or the function refuses. */
export const deliver = async (room: Room, told: Told): Promise<void> => {
  const { deps } = room;
  const { destinationArn } = told.trigger;
  const message = JSON.stringify(messageOf(room, told));
  if (isTopic(destinationArn)) {
    // AWS: the repository's account publishes, to which its own topics are open.
    await deps.contextAs(rootOf(deps.account, deps.partition)).call("sns", "Publish", {
      TopicArn: destinationArn,
      Subject: `UPDATE: AWS CodeCommit ${deps.region} push: ${told.repository.name}`.slice(0, MAX_SUBJECT),
      Message: message,
    });
    return;
  }
  const sourceArn = arnOf(room, told.repository.name);
  const service = { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL, sourceArn } as const;
  await deps.contextAs(service).call("lambda", "Invoke", {
    FunctionName: destinationArn,
    InvocationType: "Event",
    Payload: Buffer.from(message),
  });
};

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT = 100;

export const isTopic = (arn: string): boolean => arn.split(":")[2] === "sns";
