import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";

/** What is wrong with a dashboard's body, and where. */
export interface Finding {
  readonly DataPath: string;
  readonly Message: string;
}

const WIDGETS: Readonly<Record<string, readonly string[]>> = {
  metric: [],
  text: ["markdown"],
  log: ["query"],
  alarm: ["alarms"],
  explorer: [],
  custom: ["endpoint"],
};
const GRID_COLUMNS = 24;

/**
 * Looks through a dashboard's body. `errors` keep it from being saved; with `warnings` AWS saves it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const dashboardFindings = (
  body: JsonObject,
): { readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] } => {
  const { widgets } = body;
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  if (!Array.isArray(widgets)) {
    errors.push({ DataPath: "/", Message: "The field widgets is required and must be an array" });
    return { errors, warnings };
  }
  for (const [index, widget] of widgets.entries()) checkWidget(widget, `/widgets/${index}`, errors, warnings);
  return { errors, warnings };
};

const checkWidget = (widget: JsonValue, path: string, errors: Finding[], warnings: Finding[]): void => {
  if (!isJsonObject(widget)) {
    errors.push({ DataPath: path, Message: "Should be object" });
    return;
  }
  const { type, properties, x, y, width, height } = widget;
  const needed = typeof type === "string" && own(WIDGETS, type);
  if (!needed) {
    errors.push({
      DataPath: `${path}/type`,
      Message: `Should be equal to one of the allowed values ${Object.keys(WIDGETS).join(", ")}`,
    });
    return;
  }
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    if (value !== undefined && !(typeof value === "number" && Number.isInteger(value) && value >= 0))
      errors.push({ DataPath: `${path}/${name}`, Message: "Should be integer" });
  }
  if (typeof width === "number" && width > GRID_COLUMNS)
    errors.push({ DataPath: `${path}/width`, Message: "Should be <= 24" });
  if (!isJsonObject(properties)) {
    errors.push({ DataPath: `${path}/properties`, Message: "Should have required property 'properties'" });
    return;
  }
  for (const name of needed) {
    if (properties[name] === undefined)
      errors.push({ DataPath: `${path}/properties`, Message: `Should have required property '${name}'` });
  }
  if (type === "metric") checkMetrics(properties, `${path}/properties`, errors, warnings);
};

const checkMetrics = (properties: JsonObject, path: string, errors: Finding[], warnings: Finding[]): void => {
  const { metrics, annotations, region } = properties;
  if (metrics === undefined && annotations === undefined)
    errors.push({ DataPath: path, Message: "Should have required property 'metrics'" });
  if (metrics !== undefined && !Array.isArray(metrics))
    errors.push({ DataPath: `${path}/metrics`, Message: "Should be array" });
  if (typeof region !== "string")
    warnings.push({ DataPath: path, Message: "The region is missing; the dashboard's own is used" });
};
