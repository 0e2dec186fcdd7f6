import { badRequest } from "./errors.ts";

/** Refuses templates of a WebSocket API that cannot be read. */
export const checkTemplates = async (templates: Readonly<Record<string, string>> | undefined): Promise<void> => {
  if (!templates) return;
  // What reads templates takes its time to load, and HTTP APIs have none.
  const { templateFault } = await import("../../engines/gateway/vtl/templateOf.ts");
  for (const template of Object.values(templates)) {
    const fault = templateFault(template);
    if (fault !== undefined) throw badRequest(fault);
  }
};
