import { z } from 'zod';

/** Invalid environment. One line that names the variable and says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Variables that are set, by name. */
export type Environment = Readonly<Record<string, string>>;

/** The variables that are set to more than spaces, trimmed. */
export const variablesIn = (env: Readonly<Record<string, string | undefined>>): Environment =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));

/**
 * Reads the variables of a schema. Errors never repeat a value, since it may be a secret.
 * @throws SettingsError naming the first variable with a fault.
 */
export const readVariables = <Shape extends z.ZodRawShape>(
  shape: Shape,
  given: Environment,
): z.infer<z.ZodObject<Shape>> => {
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SettingsError(`${String(issue?.path[0])}: ${issue?.message}; see .env.example`);
};

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: 'expected a whole number' })
    .transform(Number)
    .refine((it) => it >= least && it <= most, { error: `expected ${least} to ${most}` });

export const portNumber = wholeNumber(0, 65_535);

export const origin = z.url({ protocol: /^https?$/, error: 'expected a URL such as http://127.0.0.1:8080' });

/** Base URL of an API, with or without a trailing slash as its client library expects. */
export const baseUrl = (slash: boolean) => origin.transform((url) => url.replace(/\/+$/, '') + (slash ? '/' : ''));
