import { FLUSH, type Packet, PacketReader, packet } from "./pktLine.ts";

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

/**
 * A packet of git's answer in GitHub's words: of what the one hook here declines, which keeps branches' rules, GitHub says
 * so. A report that comes in pieces is left as it is.
 */
export const inGitHubsWords = ({ bytes, data }: Packet): Buffer => {
  if (data?.[0] !== REPORT_BAND || !data.includes(DECLINED)) return bytes;
  const reader = new PacketReader();
  const lines = [...reader.push(data.subarray(1))].map((line) =>
    line.data
      ? packet(Buffer.from(line.data.toString().replace(/ hook declined\n$/, " protected branch hook declined\n")))
      : FLUSH,
  );
  return reader.remaining.length > 0 ? bytes : packet(Buffer.concat([data.subarray(0, 1), ...lines]));
};

const DECLINED = " hook declined\n";

const inBand = (bytes: Buffer, band: number): Buffer => {
  const parts: Buffer[] = [];
  for (const { data } of new PacketReader().push(bytes)) if (data?.[0] === band) parts.push(data.subarray(1));
  return Buffer.concat(parts);
};
