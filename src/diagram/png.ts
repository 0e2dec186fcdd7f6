import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** As large as the console saves it: letters stay sharp on a screen of twice the points. */
const SCALE = 2;

/** The letters of the diagrams; what the machine has is not asked, so that a picture is the same on each. */
const FONTS = [
  "@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf",
  "@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf",
];

/** A diagram as a PNG, drawn without a browser. */
export const pngOf = async (svg: string): Promise<Uint8Array> => {
  drawer ??= loadDrawer();
  const { Resvg, fontBuffers } = await drawer;
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontBuffers, defaultFontFamily: "Open Sans" },
  });
  try {
    return picture.render().asPng();
  } finally {
    picture.free();
  }
};

const loadDrawer = async () => {
  const [{ initWasm, Resvg }, program, ...fontBuffers] = await Promise.all([
    import("@resvg/resvg-wasm"),
    fileOf("@resvg/resvg-wasm/index_bg.wasm"),
    ...FONTS.map(fileOf),
  ]);
  await initWasm(program);
  return { Resvg, fontBuffers };
};

/** A process can load it but once. */
let drawer: ReturnType<typeof loadDrawer> | undefined;

const { resolve } = createRequire(import.meta.url);

const fileOf = (name: string): Promise<Uint8Array<ArrayBuffer>> => readFile(resolve(name));
