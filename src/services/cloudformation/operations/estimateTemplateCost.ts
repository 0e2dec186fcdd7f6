import { templateText } from "../definition/templateText.ts";
import type { Operation, Room } from "../room.ts";
import { readParameters } from "../template/parameters/definition.ts";
import { parameterValues } from "../template/parameters/values.ts";
import { parseTemplate } from "../template/parse.ts";
import { readTemplate } from "../template/read.ts";

/**
 * The address of AWS's calculator for a template that is sound.
 *
 * Differs: AWS hands the template to its calculator; this address leads there and no further.
 */
export const estimateTemplateCost =
  (room: Room): Operation<"EstimateTemplateCost"> =>
  async (ctx, input) => {
    const { body } = parseTemplate(await templateText(ctx, input, undefined));
    readTemplate(body);
    const given = (input.Parameters ?? []).map(({ ParameterKey = "", ParameterValue }) => ({
      name: ParameterKey,
      value: ParameterValue,
      usePreviousValue: false,
    }));
    parameterValues(readParameters(body), given, undefined);
    return { Url: `http://calculator.s3.amazonaws.com/calc5.html?key=cloudformation/${room.ids.uuid()}` };
  };
