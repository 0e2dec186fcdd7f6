import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CallError } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { useIsDark } from "../../app/theme.ts";
import { attempt } from "../../parts/flash.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";

const load = async (stacks: readonly string[], theme: string): Promise<string> => {
  const query = new URLSearchParams([...stacks.map((stack) => ["stack", stack]), ["theme", theme]]);
  const response = await fetch(`diagram?${query}`);
  if (response.ok) return response.text();
  const { error } = await response.json();
  throw new CallError(error.code, error.message, response.status);
};

/** The architecture of stacks, drawn by the cloud from their templates. */
export const Architecture = ({ stacks }: { readonly stacks: readonly string[] }) => {
  const theme = useIsDark() ? "dark" : "light";
  const query = useLoad(["cloudformation", "diagram", stacks, theme], () => load(stacks, theme), {
    enabled: stacks.length > 0,
  });
  if (stacks.length === 0)
    return <Empty title="Nothing to draw yet" text="Stacks are drawn here once there are some." />;
  const name = stacks.length === 1 ? stacks[0] : "architecture";
  return (
    <Loaded query={query} what="the diagram">
      {(svg) => (
        <SpaceBetween size="s">
          <SpaceBetween size="xs" direction="horizontal">
            <Button iconName="download" onClick={() => save(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`)}>
              SVG
            </Button>
            <Button
              iconName="download"
              onClick={() => void attempt("The picture was saved", async () => save(await pngOf(svg), `${name}.png`))}
            >
              PNG
            </Button>
          </SpaceBetween>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
          <section className="diagram" tabIndex={0} aria-label="Architecture diagram">
            <img
              alt={`Architecture of ${stacks.join(" and ")}`}
              src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
            />
          </section>
        </SpaceBetween>
      )}
    </Loaded>
  );
};

const save = (blob: Blob, name: string): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

const SCALE = 2;

/** Draws the picture on a canvas, at twice its size so that it stays sharp. */
const pngOf = async (svg: string): Promise<Blob> => {
  const image = new Image();
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not draw it."))), "image/png"),
  );
};
