import { parseArn } from "../../kernel/arn.ts";
import type { CodeRecord, LambdaRecords } from "./records.ts";

/** The code of a layer that a function has. */
export const layerCode = (records: Pick<LambdaRecords, "layers" | "keptLayers">, arn: string): CodeRecord | undefined =>
  records.keptLayers.get(arn) ?? ownLayerCode(records, arn);

/** The code of a layer of this account that is still there. */
export const ownLayerCode = ({ layers }: Pick<LambdaRecords, "layers">, arn: string): CodeRecord | undefined => {
  const [, name = "", version] = parseArn(arn)?.resource.split(":") ?? [];
  return layers.get([name, Number(version)])?.code;
};
