import Box from "@cloudscape-design/components/box";
import { useAws } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import type { lineageOf } from "./lineage.ts";
import type { ActionRun } from "./runs.ts";

interface Props {
  readonly run: ActionRun | undefined;
  readonly lineage: ReturnType<typeof lineageOf>;
}

/** What an action took and gave: where it lies, what it holds, and of what it took also where that comes from. */
export const Artifacts = ({ run, lineage }: Props) => {
  const taken = (run?.input?.inputArtifacts ?? []).map((artifact) => ({ way: "In", ...artifact }));
  const given = (run?.output?.outputArtifacts ?? []).map((artifact) => ({ way: "Out", ...artifact }));
  const rows = [...taken, ...given];
  if (rows.length === 0) return <Empty title="No artifacts" text="The action takes and gives none." />;
  return (
    <ul className="rows">
      {rows.map(({ way, name, s3location }) => (
        <li key={`${way}${name}`} className="row">
          <Box variant="small">{way}</Box>
          <b>{name}</b>
          <span className="row-detail">
            {s3location?.bucket && s3location.key ? (
              <>
                <To href={hrefs.object(s3location.bucket, s3location.key)}>
                  s3://{s3location.bucket}/{s3location.key}
                </To>
                {way === "In" && <Origin {...lineage(s3location.key)} />}
                <Digest bucket={s3location.bucket} objectKey={s3location.key} />
              </>
            ) : (
              "not written"
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};

const Origin = ({ from = "an earlier run", revisions }: ReturnType<Props["lineage"]>) => (
  <Box variant="small" display="block">
    from {from}
    {revisions.length > 0 && (
      <>
        {" "}
        at <code>{revisions.map((revision) => revision.slice(0, 8)).join(", ")}</code>
      </>
    )}
  </Box>
);

const Digest = ({ bucket, objectKey }: { readonly bucket: string; readonly objectKey: string }) => {
  const { data, error } = useAws("s3", "HeadObject", { Bucket: bucket, Key: objectKey, ChecksumMode: "ENABLED" });
  if (error) return <Box variant="small">The object is gone.</Box>;
  if (!data) return null;
  const digest = data.ChecksumSHA256 ? `sha256:${hex(data.ChecksumSHA256)}` : `ETag ${data.ETag}`;
  return (
    <Box variant="small" display="block">
      <span className="mono wrap">{digest}</span>
    </Box>
  );
};

const hex = (base64: string): string =>
  Array.from(atob(base64), (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
