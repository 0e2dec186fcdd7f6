import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

/** AWS's many words for how something stands, in the design system's few. */
export const statusType = (status: string | undefined): StatusIndicatorProps.Type => {
  if (!status) return "stopped";
  if (/ROLLBACK_COMPLETE|DELETE_FAILED|FAIL|FAULT|ERROR|REJECTED|TIMED_OUT|denied|IMPORT_ROLLBACK/i.test(status))
    return "error";
  if (/^MODIFIED$|^DELETED$|^DRIFTED$/.test(status)) return "warning";
  if (/IN_PROGRESS|InProgress|Under way|Pending|QUEUED|Creating|Updating|Stopping|Baking|Ready/i.test(status))
    return "in-progress";
  if (/COMPLETE|SUCCE|Active|Available|Approved|allowed|Enabled|IN_SYNC/i.test(status)) return "success";
  if (/STOP|Cancel|Superseded|Abandoned|SKIPPED|Disabled/i.test(status)) return "stopped";
  return "pending";
};

/** `UPDATE_ROLLBACK_COMPLETE` as people read it. */
export const statusText = (status: string | undefined): string => {
  if (!status) return "Not run";
  const words =
    status.includes("_") || status === status.toUpperCase()
      ? status.toLowerCase().replaceAll("_", " ")
      : status.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const Status = ({ status, text }: { readonly status: string | undefined; readonly text?: string }) => (
  <StatusIndicator type={statusType(status)} wrapText={text !== undefined}>
    <span className="status-text">{text ?? statusText(status)}</span>
  </StatusIndicator>
);
