import type { Output } from "../../api/call.ts";
import { nameOf } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";

type Version = NonNullable<Output<"ssm", "GetParameterHistory">["Parameters"]>[number];

/** A parameter's versions, the newest first; values of secrets stay out. */
export const ParameterHistory = ({ versions }: { readonly versions: readonly Version[] }) => (
  <DataTable
    title="Versions"
    items={versions.toReversed()}
    idOf={({ Version: version }) => String(version)}
    empty={<Empty title="No versions" />}
    columns={[
      { id: "version", header: "Version", cell: ({ Version: version }) => version, isRowHeader: true },
      {
        id: "value",
        header: "Value",
        minWidth: 240,
        cell: ({ Type, Value }) => (Type === "SecureString" ? "hidden" : <span className="mono wrap">{Value}</span>),
      },
      { id: "when", header: "When", cell: ({ LastModifiedDate }) => exactTime(LastModifiedDate) },
      { id: "who", header: "By", cell: ({ LastModifiedUser = "" }) => nameOf(LastModifiedUser) },
      { id: "labels", header: "Labels", cell: ({ Labels }) => Labels?.join(", ") || "–" },
    ]}
  />
);
