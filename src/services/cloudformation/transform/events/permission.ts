import { CfnResource } from "../cfnResource.ts";
import { suffixedId } from "../ids.ts";
import type { Value } from "../values/value.ts";
import type { EventSource, EventTarget } from "./eventSource.ts";

export interface PermissionSpec {
  readonly principal: string;
  readonly sourceArn?: Value;
  readonly sourceAccount?: Value;
  readonly eventSourceToken?: Value;
  /** Ends the logical id; hashed where it may not stand in one. */
  readonly suffix?: string;
  /** Begins the logical id; the event's own unless given. */
  readonly prefix?: string;
}

/** Lets the service that an event comes from invoke the function. */
export const invokePermission = (source: EventSource, target: EventTarget, spec: PermissionSpec): CfnResource =>
  new CfnResource(
    "AWS::Lambda::Permission",
    suffixedId(`${spec.prefix ?? source.logicalId}Permission`, spec.suffix ?? ""),
    target.attributes,
    {
      Action: "lambda:InvokeFunction",
      FunctionName: target.nameOrArn,
      Principal: spec.principal,
      SourceArn: spec.sourceArn ?? null,
      SourceAccount: spec.sourceAccount ?? null,
      EventSourceToken: spec.eventSourceToken ?? null,
    },
  );
