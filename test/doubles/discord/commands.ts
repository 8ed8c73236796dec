import { type Answer, failure, invalidForm } from './answer.ts';
import { isRecord } from './components.ts';
import type { Route } from './route.ts';
import { schemaFaults } from './schema.ts';
import type { World } from './world.ts';

const PATH = /^\/applications\/(\d+)\/commands$/;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const UNKNOWN_APPLICATION = failure(404, 10002, 'Unknown Application');
const MOST = { commands: 100, options: 25, choices: 25, characters: 8_000 };

export const listCommands: Route = {
  method: 'GET',
  path: PATH,
  answer: ({ world, params: [applicationId], query }): Answer => {
    if (applicationId !== world.applicationId) return UNKNOWN_APPLICATION;
    const localized = query.get('with_localizations') === 'true';
    return { status: 200, body: localized ? world.commands : world.commands.map(withoutLocalizations) };
  },
};

/** Replaces every command. */
export const putCommands: Route = {
  method: 'PUT',
  path: PATH,
  answer: ({ world, params: [applicationId], payload }): Answer => {
    if (applicationId !== world.applicationId) return UNKNOWN_APPLICATION;
    const commands = Array.isArray(payload) ? payload.filter(isRecord) : [];
    const faults = Array.isArray(payload)
      ? [...listFaults(commands), ...reachFaults(world, commands)]
      : ['body: not a list'];
    if (faults.length > 0) {
      world.invalid.push({ channelId: '', payload, faults });
      return invalidForm(faults);
    }
    world.commands = commands.map((command) => stored(world, command));
    return { status: 200, body: world.commands };
  },
};

/** As Discord keeps it: its own values where none were given, what is empty left out of options. */
const stored = (world: World, command: Readonly<Record<string, unknown>>) => ({
  ...{ id: world.newId(), application_id: world.applicationId, version: world.newId(), type: 1, nsfw: false },
  ...{ default_member_permissions: null, name_localizations: null, description_localizations: null },
  ...command,
  options: keptOptions(command.options),
});

const keptOptions = (options: unknown): unknown[] | undefined =>
  Array.isArray(options) && options.length > 0
    ? options.filter(isRecord).map(({ required, ...option }) => ({
        ...option,
        ...(required === true ? { required } : {}),
        ...(option.options === undefined ? {} : { options: keptOptions(option.options) }),
      }))
    : undefined;

const withoutLocalizations = (command: Readonly<Record<string, unknown>>) => {
  const { name_localizations: _, description_localizations: __, ...rest } = command;
  return rest;
};

const listFaults = (commands: readonly Record<string, unknown>[]): string[] => [
  ...(commands.length > MOST.commands ? [`commands: ${commands.length}, must be ${MOST.commands} or fewer`] : []),
  ...duplicates('commands', commands),
  ...commands.flatMap((command) => [
    ...schemaFaults(asDescribed(command), 'ApplicationCommandUpdateRequest'),
    ...permissionFaults(command),
    ...namedFaults(String(command.name), command),
    ...(charactersOf(command) > MOST.characters ? [`${command.name}: more than ${MOST.characters} characters`] : []),
  ]),
];

/** Discord's description takes `default_member_permissions` for a number; its documentation, and Discord, want a text. */
const asDescribed = ({ default_member_permissions: bits, ...command }: Record<string, unknown>) => ({
  ...command,
  default_member_permissions: typeof bits === 'string' ? Number(bits) : (bits ?? null),
});

const permissionFaults = ({ name, default_member_permissions: bits }: Record<string, unknown>): string[] =>
  bits === undefined || bits === null || (typeof bits === 'string' && /^\d+$/.test(bits))
    ? []
    : [`${name}.default_member_permissions: must be a decimal string`];

/** Rules for anything with a name and a description, and for the options in it. */
const namedFaults = (at: string, named: Record<string, unknown>): string[] => {
  const options = Array.isArray(named.options) ? named.options.filter(isRecord) : [];
  const names = [named.name, ...Object.values(isRecord(named.name_localizations) ? named.name_localizations : {})];
  const description = String(named.description ?? '');
  const required = options.map((option) => option.required === true);
  const choices = Array.isArray(named.choices) ? named.choices : [];
  return [
    ...names.map(String).flatMap((name) => (isName(name) ? [] : [`${at}: "${name}" is not a name`])),
    ...(description.length < 1 || description.length > 100 ? [`${at}.description: must be 1-100 in length`] : []),
    ...(required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)
      ? [`${at}: required options come first`]
      : []),
    ...(options.length > MOST.options ? [`${at}: too many options`] : []),
    ...(choices.length > MOST.choices ? [`${at}: too many choices`] : []),
    ...(choices.length > 0 && named.autocomplete === true ? [`${at}: choices and autocomplete`] : []),
    ...duplicates(at, options),
    ...options.flatMap((option) => namedFaults(`${at} ${option.name}`, option)),
  ];
};

/** What Discord does not have is refused: an installation that the application is not open to, a chat that only that reaches. */
const reachFaults = ({ userInstall }: World, commands: readonly Record<string, unknown>[]): string[] =>
  commands.flatMap(({ name, contexts, integration_types: types }) => {
    const forPeople = Array.isArray(types) && types.includes(1);
    const inPrivate = Array.isArray(contexts) && contexts.includes(2);
    return [
      ...(forPeople && !userInstall ? [`${name}.integration_types: the application is not open to people`] : []),
      ...(inPrivate && !forPeople ? [`${name}.contexts: private channels need an installation by people`] : []),
    ];
  });

const isName = (name: string): boolean => NAME.test(name) && name === name.toLowerCase();

const duplicates = (at: string, list: readonly Record<string, unknown>[]): string[] => {
  const locales = [
    ...new Set(list.flatMap(({ name_localizations: texts }) => (isRecord(texts) ? Object.keys(texts) : []))),
  ];
  const inLocale = (locale: string) =>
    list.map(({ name, name_localizations: texts }) => (isRecord(texts) ? (texts[locale] ?? name) : name));
  return ['', ...locales].flatMap((locale) => {
    const names = inLocale(locale);
    return names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${at}: ${name} is there twice`);
  });
};

/** Discord counts names, descriptions and values of a command together, each in the language where it is longest. */
const charactersOf = (named: Record<string, unknown>): number => {
  const own = [named.name, named.description, named.value].reduce<number>((sum, text, n) => {
    const others = [named.name_localizations, named.description_localizations][n];
    const texts = [text ?? '', ...Object.values(isRecord(others) ? others : {})];
    return sum + Math.max(...texts.map((each) => String(each).length));
  }, 0);
  const parts = [named.options, named.choices].flatMap((list) => (Array.isArray(list) ? list.filter(isRecord) : []));
  return parts.reduce((sum, part) => sum + charactersOf(part), own);
};
