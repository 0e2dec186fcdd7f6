import { NotImplemented } from "../../../kernel/errors.ts";

/** AWS evaluates mapping templates as VTL; here they are plain text, so anything VTL would read is refused by its name. */
export const requireStatic = (template: string): void => {
  if (
    /#(?:\{?(?:set|if|else|elseif|foreach|end|include|parse|macro|define|stop|break|evaluate)\b|#|\*)|\$[!{a-zA-Z]/.test(
      template,
    )
  ) {
    throw new NotImplemented("VTL in mapping templates of REST APIs");
  }
};

/** The template for a content type, with its own. AWS: `application/json` stands for a request without a type. */
export const templateFor = (
  templates: Readonly<Record<string, string>> | undefined,
  contentType: string | undefined,
): string | undefined => {
  const type = mediaType(contentType) ?? "application/json";
  return Object.entries(templates ?? {}).find(([key]) => mediaType(key) === type)?.[1];
};

export const mediaType = (contentType: string | undefined): string | undefined =>
  contentType?.split(";", 1)[0]?.trim().toLowerCase();
