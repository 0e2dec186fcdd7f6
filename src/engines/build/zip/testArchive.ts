import { ZipFile } from "yazl";

/** An archive with names and modes no honest packer writes. */
export const archiveOf = async (
  entries: readonly (readonly [name: string, text: string, mode?: number])[],
): Promise<Buffer> => {
  const zip = new ZipFile();
  const longs = entries.map(([name, text, mode]) => {
    zip.addBuffer(Buffer.from(text), name.replace(/\.\.\//g, "++/").replace(/^\//, "#"), mode ? { mode } : {});
    return name;
  });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array));
  let bytes = Buffer.concat(chunks).toString("latin1");
  for (const name of longs) bytes = bytes.replaceAll(name.replace(/\.\.\//g, "++/").replace(/^\//, "#"), name);
  return Buffer.from(bytes, "latin1");
};
