import {
  type Capability,
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import type { TestCloud } from "./harness.ts";

/** A template as an object, or as its text. */
type Template = object | string;

/** The means to drive one stack; each waits until the cloud is at rest, and answers what became of the stack. */
export const stackOf = (
  cloud: Pick<TestCloud, "client" | "tasks">,
  StackName = "app",
  Capabilities: Capability[] = [],
) => {
  const client = cloud.client(CloudFormationClient);
  let StackId: string | undefined;
  const input = (template: Template) => ({
    StackName,
    TemplateBody: typeof template === "string" ? template : JSON.stringify(template),
    Capabilities,
  });
  const outcome = async () => {
    await cloud.tasks.idle();
    // By its id, for a stack that is gone has lost its name.
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
    const outputs: Readonly<Record<string, string | undefined>> = Object.fromEntries(
      stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? [],
    );
    return { status: stack?.StackStatus, outputs, reasons: StackEvents.flatMap(reasonOf) };
  };
  return {
    create: async (template: Template) => {
      ({ StackId } = await client.send(new CreateStackCommand(input(template))));
      return outcome();
    },
    update: async (template: Template) => {
      await client.send(new UpdateStackCommand(input(template)));
      return outcome();
    },
    delete: async () => {
      await client.send(new DeleteStackCommand({ StackName }));
      return outcome();
    },
  };
};

/** `LogicalId: why`, but for what every event of a stack that goes well says. */
const reasonOf = ({ LogicalResourceId, ResourceStatusReason }: StackEvent): readonly string[] =>
  !ResourceStatusReason || ResourceStatusReason.endsWith("Initiated")
    ? []
    : [`${LogicalResourceId}: ${ResourceStatusReason}`];
