import { type ConsoleRoute, callerOf } from "./parts.ts";

const MAX_STACKS = 20;

/** The architecture of stacks as SVG: `?stack=A&stack=B&theme=dark`. */
export const diagram: ConsoleRoute = async (asked) => {
  const { parts, query } = asked;
  const ctx = parts.dispatch.contextOf(callerOf(asked), "cloudformation");
  const templates = await Promise.all(
    query
      .getAll("stack")
      .slice(0, MAX_STACKS)
      .map(async (name) => {
        const input = { StackName: name, TemplateStage: "Processed" as const };
        const { TemplateBody = "" } = await ctx.call("cloudformation", "GetTemplate", input);
        return { name, text: TemplateBody };
      }),
  );
  const { stackDiagram } = await import("../stackDiagram.ts");
  return {
    status: 200,
    headers: { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "no-store" },
    body: stackDiagram(templates, query.get("theme") === "dark" ? "dark" : "light"),
  };
};
