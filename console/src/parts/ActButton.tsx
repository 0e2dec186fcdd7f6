import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { useAct } from "../api/useAws.ts";
import { attempt } from "./flash.tsx";

interface Props {
  readonly children: ReactNode;
  /** Told when it is done. */
  readonly done: string;
  readonly services: readonly string[];
  readonly act: () => Promise<unknown>;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

/** A button that does something, and tells how it went. */
export const ActButton = ({ children, done, services, act, primary = false, disabled = false }: Props) => {
  const doing = useAct(() => attempt(done, act), services);
  return (
    <Button
      variant={primary ? "primary" : "normal"}
      disabled={disabled}
      loading={doing.isPending}
      onClick={() => doing.mutate(undefined)}
    >
      {children}
    </Button>
  );
};
