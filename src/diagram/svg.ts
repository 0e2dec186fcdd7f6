import type { Group } from "./kinds.ts";
import { NODE_HEIGHT, NODE_WIDTH, type Placed, type Point } from "./layout.ts";

export type Theme = "light" | "dark";

interface Colours {
  readonly paper: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly frames: Readonly<Record<Group, string>>;
}

const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    ...{ paper: "#ffffff", card: "#ffffff", line: "#7d8998", text: "#0f141a", quiet: "#5f6b7a" },
    frames: { user: "#f3f0ff", application: "#fff4ec", delivery: "#edf4ff" },
  },
  dark: {
    ...{ paper: "#161d26", card: "#1f2933", line: "#8d99a8", text: "#ebebf0", quiet: "#b4b4bb" },
    frames: { user: "#231f38", application: "#2f2519", delivery: "#1b2a40" },
  },
};

const TITLES: Readonly<Record<Group, string>> = {
  user: "The user's path",
  application: "The application",
  delivery: "The delivery",
};

/** A diagram as a picture that stands alone: no style sheet, no script, no font to be loaded. */
export const svgOf = (placed: Placed, theme: Theme, title: string): string => {
  const colours = COLOURS[theme];
  const { width, height } = placed;
  const size = `width="${Math.round(width)}" height="${Math.round(height)}" viewBox="0 0 ${Math.round(width)} ${Math.round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Open Sans, Helvetica, Arial, sans-serif" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colours.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${colours.paper}"/>`,
    ...placed.groups.map((frame) => frameSvg(frame, colours)),
    ...placed.edges.map((edge) => edgeSvg(edge, colours)),
    ...placed.nodes.map((node) => nodeSvg(node, colours)),
    "</svg>",
  ].join("\n");
};

const frameSvg = ({ group, x, y, width, height }: Placed["groups"][number], { frames, quiet }: Colours): string =>
  `<g><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="14" fill="${frames[group]}"/><text x="${n(x + 14)}" y="${n(y + 20)}" font-size="12" font-weight="700" fill="${quiet}">${TITLES[group]}</text></g>`;

const edgeSvg = ({ points, label }: Placed["edges"][number], { line, quiet, paper }: Colours): string => {
  const middle = points[Math.floor(points.length / 2)];
  const text =
    label && middle
      ? `<text x="${n(middle.x)}" y="${n(middle.y - 5)}" font-size="11" text-anchor="middle" fill="${quiet}" stroke="${paper}" stroke-width="3" paint-order="stroke">${escapeXml(label)}</text>`
      : "";
  return `<g><path d="${curve(points)}" fill="none" stroke="${line}" stroke-width="1.5" marker-end="url(#tip)"/>${text}</g>`;
};

/** A smooth line through points that lie from left to right. */
const curve = ([first, ...rest]: readonly Point[]): string => {
  if (!first) return "";
  let path = `M${n(first.x)} ${n(first.y)}`;
  let before = first;
  for (const point of rest) {
    const half = (before.x + point.x) / 2;
    path += ` C${n(half)} ${n(before.y)} ${n(half)} ${n(point.y)} ${n(point.x)} ${n(point.y)}`;
    before = point;
  }
  return path;
};

const LONGEST_LABEL = 22;
const ICON = 34;

const nodeSvg = ({ id, label, kind, x, y }: Placed["nodes"][number], { card, text, quiet }: Colours): string => {
  const [left, top] = [x - NODE_WIDTH / 2, y - NODE_HEIGHT / 2];
  const iconTop = top + (NODE_HEIGHT - ICON) / 2;
  const scale = `translate(${n(left + 12 + 5)} ${n(iconTop + 5)})`;
  return [
    `<g data-node="${escapeXml(id)}"><title>${escapeXml(`${label}: ${kind.name}`)}</title>`,
    `<rect x="${n(left)}" y="${n(top)}" width="${NODE_WIDTH}" height="${NODE_HEIGHT}" rx="10" fill="${card}" stroke="${kind.colour}" stroke-width="1.2"/>`,
    `<rect x="${n(left + 12)}" y="${n(iconTop)}" width="${ICON}" height="${ICON}" rx="8" fill="${kind.colour}"/>`,
    `<path d="${kind.glyph}" transform="${scale}" fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<text x="${n(left + 56)}" y="${n(y - 2)}" font-size="12.5" font-weight="700" fill="${text}">${escapeXml(shorten(label))}</text>`,
    `<text x="${n(left + 56)}" y="${n(y + 14)}" font-size="11" fill="${quiet}">${escapeXml(kind.name)}</text>`,
    "</g>",
  ].join("");
};

const shorten = (label: string): string =>
  label.length > LONGEST_LABEL - 3 ? `${label.slice(0, LONGEST_LABEL - 4)}…` : label;

const n = (value: number): string => String(Math.round(value * 10) / 10);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
