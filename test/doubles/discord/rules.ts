import { type Component, componentsOf, isRecord, KEYS, mediaOf } from './components.ts';
import type { UploadedFile } from './multipart.ts';

const IS_COMPONENTS_V2 = 1 << 15;
const BODY_KEYS = new Set(
  'content embeds allowed_mentions sticker_ids components flags attachments poll message_reference nonce enforce_nonce tts shared_client_theme'.split(
    ' ',
  ),
);
/** discord.js sends `enforce_nonce: false` with every reply, and Discord takes it. */
const ANSWER_KEYS = new Set(
  'content embeds allowed_mentions components flags attachments poll tts enforce_nonce'.split(' '),
);
/** A message that is there keeps what it answers, and its nonce is of its posting. */
const EDIT_KEYS = new Set('content embeds allowed_mentions components flags attachments'.split(' '));
const KEYS_OF = { message: BODY_KEYS, answer: ANSWER_KEYS, edit: EDIT_KEYS } as const;
const MOST = {
  content: 2_000,
  nonce: 25,
  embeds: 6_000,
  components: 40,
  texts: 4_000,
  customId: 100,
  rowButtons: 5,
  buttonLabel: 80,
  files: 10,
  fileBytes: 10 * 2 ** 20,
};

/**
 * What Discord refuses in a message and its OpenAPI description does not say. Source: Discord's documentation.
 * An answer to an interaction knows fewer keys than a message.
 */
export const ruleFaults = (
  body: unknown,
  files: readonly UploadedFile[],
  what: keyof typeof KEYS_OF = 'message',
): string[] => {
  if (!isRecord(body)) return ['body: not an object'];
  const components = [...componentsOf(body.components)];
  return [
    ...unknownKeys('body', body, KEYS_OF[what]),
    ...components.flatMap(({ at, type, fields }) =>
      KEYS[type] === undefined ? [`${at}: type ${type} is unknown`] : unknownKeys(at, fields, new Set(KEYS[type])),
    ),
    ...componentsV2(body, components),
    ...over('content', lengthOf(body.content), MOST.content),
    ...over('nonce', lengthOf(body.nonce), MOST.nonce),
    ...over('embeds: characters in all', embedCharacters(body.embeds), MOST.embeds),
    ...customIds(components),
    ...buttons(components),
    ...attachments(body, components, files),
    ...(hasContent(body, files) ? [] : ['body: cannot send an empty message']),
  ];
};

const unknownKeys = (at: string, fields: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): string[] =>
  Object.keys(fields)
    .filter((key) => !known.has(key))
    .map((key) => `${at}.${key}: unknown key`);

const componentsV2 = (body: Record<string, unknown>, components: readonly Component[]): string[] => {
  if ((Number(body.flags ?? 0) & IS_COMPONENTS_V2) === 0) {
    return components
      .filter(({ type }) => type >= 9)
      .map(({ at, type }) => `${at}: type ${type} needs IS_COMPONENTS_V2`);
  }
  const texts = components.reduce((sum, { type, fields }) => sum + (type === 10 ? lengthOf(fields.content) : 0), 0);
  return [
    ...['content', 'embeds', 'poll', 'sticker_ids']
      .filter((key) => body[key] !== undefined && body[key] !== null)
      .map((key) => `${key}: cannot be used with IS_COMPONENTS_V2`),
    ...components
      .filter(({ type, fields }) => type === 10 && lengthOf(fields.content) === 0)
      .map(({ at }) => `${at}.content: required`),
    ...over('components', components.length, MOST.components),
    ...over('components: characters in all', texts, MOST.texts),
  ];
};

const customIds = (components: readonly Component[]): string[] => {
  const ids = components.flatMap(({ fields }) => (fields.custom_id === undefined ? [] : [String(fields.custom_id)]));
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `custom_id ${id}: duplicated`),
    ...ids.filter((id) => id.length < 1 || id.length > MOST.customId).map(() => 'custom_id: must be 1-100 in length'),
  ];
};

const buttons = (components: readonly Component[]): string[] =>
  components.flatMap(({ at, type, fields }) => {
    if (type === 1) {
      const held = Array.isArray(fields.components) ? fields.components.length : 0;
      return held < 1 || held > MOST.rowButtons ? [`${at}: ${held} components, must be 1 to ${MOST.rowButtons}`] : [];
    }
    if (type !== 2) return [];
    const length = lengthOf(fields.label);
    return length < 1 || length > MOST.buttonLabel ? [`${at}.label: must be 1-${MOST.buttonLabel} in length`] : [];
  });

const attachments = (
  body: Record<string, unknown>,
  components: readonly Component[],
  files: readonly UploadedFile[],
): string[] => {
  const listed = (Array.isArray(body.attachments) ? body.attachments : []).filter(isRecord);
  const embedded = (Array.isArray(body.embeds) ? body.embeds : [])
    .filter(isRecord)
    .flatMap((embed) => [embed.image, embed.thumbnail])
    .filter(isRecord)
    .map((image) => String(image.url));
  const targets = [...components.flatMap(mediaOf), ...embedded]
    .filter((url) => url.startsWith('attachment://'))
    .map((url) => url.slice('attachment://'.length));
  const names = files.map(({ name }) => name);
  return [
    ...targets.filter((name) => !names.includes(name)).map((name) => `attachment://${name}: no such file`),
    ...listed
      .filter(({ id }) => !files.some(({ field }) => field === `files[${String(id)}]`))
      .map(({ id }) => `attachments: no file for id ${String(id)}`),
    ...files.filter(({ field }) => !/^files\[\d+\]$/.test(field)).map(({ field }) => `${field}: unknown form field`),
    ...files.filter(({ bytes }) => bytes.length === 0).map(({ name }) => `${name}: empty file`),
    ...files.flatMap(({ name, bytes }) => over(`${name}: bytes`, bytes.length, MOST.fileBytes)),
    ...over('files', files.length, MOST.files),
    ...(body.enforce_nonce === true && body.nonce === undefined ? ['enforce_nonce: needs a nonce'] : []),
  ];
};

const embedCharacters = (embeds: unknown): number => {
  if (!Array.isArray(embeds)) return 0;
  return embeds.filter(isRecord).reduce((sum, embed) => {
    const fields = Array.isArray(embed.fields) ? embed.fields.filter(isRecord) : [];
    const named = [embed.footer, embed.author].filter(isRecord);
    const texts = [
      embed.title,
      embed.description,
      ...named.flatMap(({ text, name }) => [text, name]),
      ...fields.flatMap(({ name, value }) => [name, value]),
    ];
    return sum + texts.reduce<number>((length, text) => length + lengthOf(text), 0);
  }, 0);
};

const hasContent = (body: Record<string, unknown>, files: readonly UploadedFile[]): boolean =>
  files.length > 0 ||
  lengthOf(body.content) > 0 ||
  ['embeds', 'components', 'sticker_ids'].some((key) => Array.isArray(body[key]) && body[key].length > 0) ||
  isRecord(body.poll);

const lengthOf = (text: unknown): number => (typeof text === 'string' ? [...text].length : 0);

const over = (what: string, actual: number, most: number): string[] =>
  actual > most ? [`${what}: ${actual}, must be ${most} or fewer`] : [];
