import { gathered } from "./diagram/gathered.ts";
import { layoutOf } from "./diagram/layout.ts";
import { diagramOf } from "./diagram/model.ts";
import { svgOf, type Theme } from "./diagram/svg.ts";
import { parseTemplate } from "./services/cloudformation/template/parse.ts";

/** A template as CloudFormation keeps it: transformed, JSON or YAML. */
export interface TemplateText {
  readonly name: string;
  readonly text: string;
}

/** Draws the architecture that one or more templates describe, as SVG. Throws CloudFormation's refusal of what is no template. */
export const stackDiagram = (templates: readonly TemplateText[], theme: Theme = "light"): string => {
  const drawn = templates.map(({ name, text }) => ({ name, body: parseTemplate(text).body }));
  const title = `Architecture of ${templates.map(({ name }) => name).join(" and ")}`;
  return svgOf(layoutOf(gathered(diagramOf(drawn))), theme, title);
};
