import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { sharedPath } from '../../shared.ts';

export interface Text {
  readonly type?: unknown;
  readonly text?: unknown;
}

export interface Block {
  readonly type?: unknown;
  readonly block_id?: unknown;
  readonly rows?: readonly (readonly Text[])[];
  readonly text?: Text;
  readonly fields?: readonly Text[];
  readonly elements?: readonly (Text & { readonly action_id?: unknown; readonly value?: unknown })[];
  readonly alt_text?: unknown;
  readonly image_url?: unknown;
  readonly slack_file?: { readonly id?: unknown };
}

export interface MessageBody {
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly metadata: unknown;
}

const schemaPath = sharedPath('specs/slack-card-message.schema.json');

const bySchema = schemaPath
  ? new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(schemaPath, 'utf8')))
  : undefined;

export const checkText = (text: Text | undefined, max: number, at: string, kinds: readonly string[]): string[] => {
  if (typeof text?.text !== 'string' || !kinds.includes(String(text.type)))
    return [`no text of a fitting type [${at}]`];
  if (text.text.length === 0) return [`must be more than 0 characters [${at}/text]`];
  return text.text.length > max ? [`must be less than ${max + 1} characters [${at}/text]`] : [];
};

export const anyText = ['plain_text', 'mrkdwn'];

const checkImage = (block: Block, at: string, isReady: (fileId: string) => boolean): string[] => {
  const alt = typeof block.alt_text === 'string' ? block.alt_text.length : 0;
  const faults = alt < 1 || alt > 2_000 ? [`alt_text of 1 to 2000 characters is required [${at}/alt_text]`] : [];
  if ((block.slack_file === undefined) === (block.image_url === undefined)) {
    return [...faults, `exactly one of image_url and slack_file [${at}]`];
  }
  if (block.slack_file !== undefined) {
    const id = block.slack_file.id;
    return typeof id === 'string' && isReady(id) ? faults : [...faults, `invalid slack file [${at}/slack_file]`];
  }
  return String(block.image_url).startsWith('https://') ? faults : [...faults, `invalid url [${at}/image_url]`];
};

const checkActions = ({ elements = [] }: Block, at: string): string[] => {
  const faults = elements.length < 1 || elements.length > 25 ? [`1 to 25 items are required [${at}/elements]`] : [];
  const ids = elements.map(({ action_id }) => action_id);
  if (new Set(ids).size < ids.length) faults.push(`action_id is used twice [${at}/elements]`);
  for (const [n, { type, text, value }] of elements.entries()) {
    const label: Text = typeof text === 'object' && text !== null ? text : {};
    if (type !== 'button') faults.push(`unsupported type [${at}/elements/${n}]`);
    faults.push(...checkText(label, 75, `${at}/elements/${n}/text`, ['plain_text']));
    if (String(value ?? '').length > 2_000)
      faults.push(`must be less than 2001 characters [${at}/elements/${n}/value]`);
  }
  return faults;
};

/** What a cell says: its own text, or that of its rich text. */
const cellText = (cell: Text): string => {
  const inner: unknown = Reflect.get(cell, 'elements');
  return Array.isArray(inner) ? inner.map(cellText).join('') : String(cell.text ?? '');
};

const checkTable = ({ rows = [] }: Block, at: string): string[] => {
  const faults = rows.length < 1 || rows.length > 100 ? [`1 to 100 rows are required [${at}/rows]`] : [];
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width || row.length > 20)) faults.push(`rows of unequal length [${at}/rows]`);
  const texts = rows.flat().map(cellText);
  if (texts.includes('')) faults.push(`must be more than 0 characters [${at}/rows]`);
  if (texts.join('').length > 10_000) faults.push(`must be less than 10001 characters [${at}/rows]`);
  return faults;
};

const checkRichText = ({ elements = [] }: Block, at: string): string[] => {
  if (elements.length < 1) return [`at least 1 item is required [${at}/elements]`];
  return elements.flatMap((part, n) => {
    const inner: unknown = Reflect.get(part, 'elements');
    if (!Array.isArray(inner) || inner.length < 1) return [`at least 1 item is required [${at}/elements/${n}]`];
    return inner.flatMap((element: Text & { readonly url?: unknown }, i) => {
      const where = `${at}/elements/${n}/elements/${i}`;
      if (element.type === 'text' && element.text === '') return [`must be more than 0 characters [${where}/text]`];
      if (element.type === 'link' && !/^https?:/.test(String(element.url))) return [`invalid url [${where}/url]`];
      return [];
    });
  });
};

export const checkBlock = (block: Block, at: string, isReady: (fileId: string) => boolean): string[] => {
  switch (block.type) {
    case 'header':
      return checkText(block.text, 150, `${at}/text`, ['plain_text']);
    case 'section': {
      const fields = (block.fields ?? []).flatMap((field, n) => checkText(field, 2_000, `${at}/fields/${n}`, anyText));
      if ((block.fields?.length ?? 0) > 10) fields.push(`no more than 10 items allowed [${at}/fields]`);
      if (block.text === undefined && block.fields === undefined) return [`text or fields are required [${at}]`];
      return block.text === undefined ? fields : [...checkText(block.text, 3_000, `${at}/text`, anyText), ...fields];
    }
    case 'context': {
      const elements = block.elements ?? [];
      return elements.length < 1 || elements.length > 10
        ? [`1 to 10 items are required [${at}/elements]`]
        : elements.flatMap((element, n) => checkText(element, 3_000, `${at}/elements/${n}`, anyText));
    }
    case 'image':
      return checkImage(block, at, isReady);
    case 'divider':
      return [];
    case 'actions':
      return checkActions(block, at);
    case 'table':
      return checkTable(block, at);
    case 'rich_text':
      return checkRichText(block, at);
    default:
      return [`unsupported type: ${String(block.type)} [${at}]`];
  }
};

/**
 * What Slack would find wrong: the schema's findings where the schema is at hand, and the documented limits always.
 * Empty for a message that Slack takes.
 */
export const checkMessage = (message: MessageBody, isReady: (fileId: string) => boolean): string[] => {
  const { text, blocks, metadata } = message;
  const faults: string[] = [];
  if (blocks.length > 50) faults.push('no more than 50 items allowed [json-pointer:/blocks]');
  faults.push(
    ...blocks.flatMap((block, n) =>
      typeof block === 'object' && block !== null
        ? checkBlock(block, `json-pointer:/blocks/${n}`, isReady)
        : [`no object [json-pointer:/blocks/${n}]`],
    ),
  );
  const named = blocks.map((block) => Object(block));
  if (named.filter(({ type }) => type === 'table').length > 1)
    faults.push('only one table allowed [json-pointer:/blocks]');
  const ids = named.flatMap(({ block_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length) faults.push('block_id is used twice [json-pointer:/blocks]');
  const whole = { text, blocks, ...(metadata === undefined ? {} : { metadata }) };
  if (blocks.length > 0 && bySchema !== undefined && !bySchema(whole)) {
    faults.push(
      ...(bySchema.errors ?? []).map(({ instancePath, message: says }) => `${says} [schema:${instancePath}]`),
    );
  }
  return faults;
};

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
};

const isMrkdwn = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'mrkdwn';

const mrkdwnTexts = (value: unknown): string[] => {
  if (isMrkdwn(value)) return strings(value.text);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(mrkdwnTexts);
};

/** Elements of rich texts that name somebody. */
const richMentions = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const type = String(Reflect.get(value, 'type'));
  const own = ['user', 'usergroup', 'broadcast', 'team'].includes(type) ? [JSON.stringify(value)] : [];
  return [...own, ...Object.values(value).flatMap(richMentions)];
};

/** Everything in a message that Slack would turn into a mention of a person, a group, a channel or everybody. */
export const mentions = ({ text, blocks }: MessageBody): string[] => [
  ...[text, ...mrkdwnTexts(blocks)].flatMap((each) => Array.from(each.matchAll(/<[@!#][^>]*>/g), ([found]) => found)),
  ...richMentions(blocks),
];
