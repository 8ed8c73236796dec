import { z } from 'zod';

const orNone = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const Texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((texts) => Object.entries(texts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

const Numbers = orNone(z.number()).transform((numbers) => numbers.toSorted((a, b) => a - b));

const Yes = z.boolean().nullish().transform(Boolean);

const Named = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: Texts,
  description: z.string(),
  description_localizations: Texts,
});

/** What we set of an option, with Discord's own values where one is left out. */
const Option = Named.extend({
  required: Yes,
  autocomplete: Yes,
  choices: orNone(z.object({ name: z.string(), name_localizations: Texts, value: z.union([z.string(), z.number()]) })),
});

/** What we set of a command; its id and version are left behind. */
const Registered = Named.extend({
  options: orNone(Option.extend({ options: orNone(Option) })),
  contexts: Numbers,
  integration_types: Numbers,
  default_member_permissions: z.string().nullish().default(null),
});

const Registry = z
  .array(Registered)
  .transform((commands) => JSON.stringify(commands.sort((a, b) => (a.name < b.name ? -1 : 1))));

/** Whether Discord's list says what ours does; the order of commands means nothing, that of options does. */
export const sameCommands = (ours: unknown, theirs: unknown): boolean => {
  const [wanted, registered] = [Registry.safeParse(ours), Registry.safeParse(theirs)];
  return wanted.success && registered.success && wanted.data === registered.data;
};
