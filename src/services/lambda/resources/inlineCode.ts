import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { NODE_RESPONSE, PYTHON_RESPONSE } from "./responseModules.ts";

/**
 * The package CloudFormation makes of code that stands in the template: one file, `index` with the runtime's ending,
 * and, as AWS adds it, the module with which a custom resource answers.
 */
export const inlinePackage = async (text: string, runtime: string): Promise<Uint8Array> => {
  const zip = new ZipFile();
  // Always the same time, so that the same text is the same package.
  const options = { mtime: new Date(Date.UTC(1980, 0, 1)), mode: 0o100644 };
  const isPython = runtime.startsWith("python");
  zip.addBuffer(Buffer.from(text), isPython ? "index.py" : "index.js", options);
  if (isPython) zip.addBuffer(Buffer.from(PYTHON_RESPONSE), "cfnresponse.py", options);
  else zip.addBuffer(Buffer.from(NODE_RESPONSE), "cfn-response.js", options);
  zip.end();
  return buffer(zip.outputStream);
};
