import StatusIndicator from "@cloudscape-design/components/status-indicator";

const TYPES = { OK: "success", ALARM: "error", INSUFFICIENT_DATA: "pending" } as const;
const WORDS = { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data" } as const;

export const AlarmState = ({ state = "INSUFFICIENT_DATA" }: { readonly state: keyof typeof TYPES | undefined }) => (
  <StatusIndicator type={TYPES[state]}>
    <span className="status-text">{WORDS[state]}</span>
  </StatusIndicator>
);
