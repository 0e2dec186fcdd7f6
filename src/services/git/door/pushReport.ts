import { PacketReader } from "./pktLine.ts";

/** The band of side-band-64k that carries git's own report. */
const REPORT_BAND = 1;
const HEAD_END = "\r\n\r\n";

/**
 * The references that git says it changed, of an answer with its head; undefined when the client asked for no report.
 * https://git-scm.com/docs/pack-protocol#_report_status
 */
export const changedRefs = (answer: Buffer, capabilities: readonly string[]): ReadonlySet<string> | undefined => {
  if (!capabilities.some((name) => name === "report-status" || name === "report-status-v2")) return undefined;
  const body = answer.subarray(answer.indexOf(HEAD_END) + HEAD_END.length);
  const report = capabilities.includes("side-band-64k") ? inBand(body, REPORT_BAND) : body;
  const changed = new Set<string>();
  for (const { data } of new PacketReader().push(report)) {
    const [word, ...ref] = (data ?? "").toString().trimEnd().split(" ");
    if (word === "ok") changed.add(ref.join(" "));
  }
  return changed;
};

const inBand = (bytes: Buffer, band: number): Buffer => {
  const parts: Buffer[] = [];
  for (const { data } of new PacketReader().push(bytes)) if (data?.[0] === band) parts.push(data.subarray(1));
  return Buffer.concat(parts);
};
