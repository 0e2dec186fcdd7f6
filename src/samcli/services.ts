import { loadSdk, type Sdk } from "../awscli/clients.ts";
import type { SamCall } from "./command.ts";

/** A service's client; each call tells its operation, for the text of a refusal. */
export const service = async (
  name: string,
  { globals, io, names }: Omit<SamCall, "given" | "argument">,
): Promise<Sdk> => {
  const sdk = await loadSdk(name, globals, io);
  return {
    ...sdk,
    send: (operation, input) => {
      names(operation);
      return sdk.send(operation, input);
    },
  };
};
