import { CredentialReportExpiredException, CredentialReportNotPresentException } from "@aws-sdk/client-iam";
import { credentialReport } from "../credentialReport.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: a report is as good as new for so long. */
const REPORT_MS = 4 * 3_600_000;
const REPORT = "credentials";

/** Differs: the report is there at once; AWS takes some seconds. */
export const generateCredentialReport =
  (room: Room): Operation<"GenerateCredentialReport"> =>
  async () => {
    const now = room.clock.now();
    const report = room.reports.get(REPORT);
    if (report && report.generatedAt > now - REPORT_MS) return { State: "COMPLETE" };
    room.reports.put(REPORT, { generatedAt: now, content: credentialReport(room) });
    return {
      State: "STARTED",
      Description: "No report exists. Starting a new report generation task",
    };
  };

export const getCredentialReport =
  ({ reports, clock }: Room): Operation<"GetCredentialReport"> =>
  async () => {
    const report = reports.get(REPORT);
    if (!report) throw new CredentialReportNotPresentException({ message: "No report present.", $metadata: {} });
    if (report.generatedAt <= clock.now() - REPORT_MS) {
      throw new CredentialReportExpiredException({ message: "The credential report has expired.", $metadata: {} });
    }
    return {
      Content: Buffer.from(report.content),
      ReportFormat: "text/csv",
      GeneratedTime: new Date(report.generatedAt),
    };
  };
