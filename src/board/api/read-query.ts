import type { Context } from 'hono';
import { z } from 'zod';
import { badParameters } from './problem.ts';

/** A question whose parameters cannot be used; `problem` is the answer. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
  readonly problem: ReturnType<typeof badParameters>;

  constructor(errors: Parameters<typeof badParameters>[0]) {
    super('bad parameters');
    this.problem = badParameters(errors);
  }
}

type Shape = z.ZodObject;

/** By its parameters, whether a value is a number, a truth value or text. */
const typesOf = (schema: Shape): Readonly<Record<string, string | undefined>> => {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, it]) => [name, typeof it === 'object' ? String(it.type) : undefined]),
  );
};

/** The value that a text stands for; the text itself if it stands for none of the type, which the schema refuses. */
const meantBy = (text: string, type: string | undefined): unknown => {
  if (type === 'integer' && /^[0-9]{1,9}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

/** Shown of what somebody sent, so that an answer is never longer than its question. */
const MAX_NAME = 40;

const shortened = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);

/** Reads the parameters of a request by a schema, which names all that there are; each may be there once. */
export const queryReader = <Query extends Shape>(schema: Query): ((context: Context) => z.infer<Query>) => {
  let types: ReturnType<typeof typesOf> | undefined;
  const names = Object.keys(schema.shape);
  const known = names.length === 0 ? 'there are no parameters here' : `the parameters are ${names.join(', ')}`;
  return (context) => {
    const { searchParams } = new URL(context.req.url);
    types ??= typesOf(schema);
    const given = new Map<string, unknown>();
    const errors = new Map<string, string>();
    for (const [name, text] of searchParams) {
      if (!names.includes(name)) errors.set(name, `no such parameter; ${known}`);
      else if (given.has(name)) errors.set(name, 'given more than once');
      given.set(name, meantBy(text, types[name]));
    }
    const parsed = schema.safeParse(Object.fromEntries([...given].filter(([name]) => names.includes(name))));
    for (const { path, message } of parsed.error?.issues ?? []) {
      const name = String(path[0] ?? '');
      if (!errors.has(name)) errors.set(name, message);
    }
    if (errors.size === 0 && parsed.success) return parsed.data;
    const told = [...errors].slice(0, names.length + 1);
    throw new BadQuery(told.map(([name, detail]) => ({ parameter: shortened(name), detail })));
  };
};
