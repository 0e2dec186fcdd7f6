import type { Sdk } from "../../awscli/clients.ts";
import { isRecord } from "../../awscli/clients.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import { own } from "../../kernel/own.ts";
import { openTable } from "./table.ts";

/** Shows what a change set will do: additions first, then changes, then removals. */
export const showChanges = async (
  sdk: Pick<Sdk, "send">,
  ChangeSetName: string,
  StackName: string,
  out: (text: string) => void,
): Promise<void> => {
  const changes: Readonly<Record<string, unknown>>[] = [];
  for (let NextToken: unknown; ; ) {
    const page = await sdk.send("DescribeChangeSet", { ChangeSetName, StackName, NextToken });
    for (const { ResourceChange } of listOf(page["Changes"]))
      if (isRecord(ResourceChange)) changes.push(ResourceChange);
    NextToken = page["NextToken"];
    if (NextToken === undefined) break;
  }
  const table = openTable(
    "CloudFormation stack changeset",
    ["Operation", "LogicalResourceId", "ResourceType", "Replacement"],
    out,
  );
  for (const action of Object.keys(SHOWN)) {
    for (const change of changes.filter(({ Action }) => Action === action))
      table.row([
        own(SHOWN, action) ?? action,
        String(change["LogicalResourceId"]),
        String(change["ResourceType"]),
        String(change["Replacement"] ?? "N/A"),
      ]);
  }
  if (changes.length === 0) table.row(["-", "-", "-", "-"]);
  table.end();
};

const SHOWN: Readonly<Record<string, string>> = { Add: "+ Add", Modify: "* Modify", Remove: "- Delete" };
