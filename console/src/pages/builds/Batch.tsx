import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { nameOf } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";

/** What is told of a batch beside its builds. */
export interface Batch {
  readonly arn: string;
  readonly status: string | undefined;
}

/** Batches of these ARNs, each named once. Those that were deleted are left out. */
export const batchesOf = async (arns: readonly string[]): Promise<readonly Batch[]> => {
  if (arns.length === 0) return [];
  const { buildBatches = [] } = await call("codebuild", "BatchGetBuildBatches", { ids: [...new Set(arns)] });
  return buildBatches.map(({ arn = "", buildBatchStatus }) => ({ arn, status: buildBatchStatus }));
};

/** A batch by the beginning of its id, and how it stands. */
export const BatchView = ({ batch: { arn, status } }: { readonly batch: Batch }) => (
  <>
    <span className="mono">{nameOf(arn).slice(0, 8)}</span> <Status status={status} />
  </>
);

/** The batch that a build belongs to. */
export const BatchOf = ({ arn }: { readonly arn: string }) => {
  const { data: [batch] = [] } = useLoad(["codebuild", "batch", arn], () => batchesOf([arn]));
  return batch ? <BatchView batch={batch} /> : "–";
};
