import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** The package CloudFormation makes of code that stands in the template: one file, `index` with the runtime's ending. */
export const inlinePackage = async (text: string, runtime: string): Promise<Uint8Array> => {
  const zip = new ZipFile();
  // Always the same time, so that the same text is the same package.
  const options = { mtime: new Date(Date.UTC(1980, 0, 1)), mode: 0o100644 };
  zip.addBuffer(Buffer.from(text), runtime.startsWith("python") ? "index.py" : "index.js", options);
  zip.end();
  return buffer(zip.outputStream);
};
