import type { types } from '@slack/bolt';
import type { Translator } from '../../../i18n/catalogue.ts';
import { dayName } from '../../../i18n/dates.ts';
import { languageName } from '../../../i18n/languages.ts';
import { CARD_KINDS, type Channel, DEFAULT_KINDS } from '../../../stories/channel.ts';
import { limits, viewLimits } from '../limits.ts';
import { plainText } from '../mrkdwn.ts';

/** Callback id of the modal. */
export const SETTINGS_MODAL = 'settings';

/** The modal's fields: each is a block with this id and one element. */
export type Field = 'channel' | 'language' | 'zone' | 'kinds' | 'digest' | 'time' | 'days' | 'quiet-from' | 'quiet-to';

/** Action id of every field's element. */
export const ELEMENT = 'value';

/** All kinds of card but the digest, which has its own fields. */
const LISTED_KINDS = CARD_KINDS.filter((kind) => kind !== 'digest');

export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

export interface ModalParts {
  readonly words: Translator;
  readonly languages: readonly string[];
  /** The channel to change; absent to let the person choose a new one. */
  readonly channel?: Channel | undefined;
  /** Initial time zone; absent for an empty field. */
  readonly timeZone?: string | undefined;
  /** The page of App Home that the modal was opened from. */
  readonly page: number;
}

type Element = types.InputBlock['element'];

interface Choice {
  readonly value: string;
  readonly label: string;
}

const option = ({ value, label }: Choice): types.PlainTextOption => ({
  text: plainText(label, viewLimits.option),
  value,
});

const checkboxes = (choices: readonly Choice[], chosen: readonly string[]): Element => {
  const on = choices.filter(({ value }) => chosen.includes(value)).map(option);
  // Slack refuses an empty list of initial options.
  const initial = on.length > 0 ? { initial_options: on } : {};
  return { type: 'checkboxes', action_id: ELEMENT, options: choices.map(option), ...initial };
};

const timepicker = (time: string | undefined): Element => ({
  type: 'timepicker',
  action_id: ELEMENT,
  ...(time !== undefined && { initial_time: time }),
});

/** Labels that the commands' answers use as well. */
const SHARED_LABELS: Readonly<Partial<Record<Field, string>>> = {
  language: 'channel.row.language',
  zone: 'channel.row.time-zone',
  kinds: 'channel.row.kinds',
  digest: 'channel.row.digest',
};

const input = (words: Translator, field: Field, element: Element, optional = true): types.InputBlock => {
  const hint = `slack.modal.hint.${field}`;
  return {
    type: 'input',
    block_id: field,
    label: plainText(words.say(SHARED_LABELS[field] ?? `slack.modal.field.${field}`), viewLimits.label),
    ...(words.knows(hint) && { hint: plainText(words.say(hint), viewLimits.label) }),
    element,
    optional,
  };
};

const title = (words: Translator, key: string): types.PlainTextElement => plainText(words.say(key), viewLimits.title);

const heading = (words: Translator, key: string): types.HeaderBlock => ({
  type: 'header',
  text: plainText(words.say(key), limits.header),
});

const message = (text: string): types.SectionBlock => ({ type: 'section', text: plainText(text, limits.section) });

const channelBlocks = (words: Translator, channel: Channel | undefined): types.KnownBlock[] => {
  if (channel === undefined) {
    const filter = { include: ['public' as const, 'private' as const], exclude_bot_users: true };
    return [input(words, 'channel', { type: 'conversations_select', action_id: ELEMENT, filter }, false)];
  }
  return /^[CG][A-Z0-9]+$/.test(channel.address)
    ? [{ type: 'section', text: { type: 'mrkdwn', text: `*<#${channel.address}>*`, verbatim: true } }]
    : [];
};

/** The form with all settings of one channel. */
export const settingsModal = ({ words, languages, channel, timeZone, page }: ModalParts): types.ModalView => {
  const { kinds = DEFAULT_KINDS, digest = {}, quiet } = channel?.settings ?? {};
  const known = languages.map((value) => ({ value, label: languageName(value) }));
  const language = known.find(({ value }) => value === (channel?.language ?? words.language));
  const ofDigest = ['on', 'closed'].map((value) => ({ value, label: words.say(`slack.modal.digest.${value}`) }));
  const digestOn = [...(kinds.includes('digest') ? ['on'] : []), ...(digest.closedDays ? ['closed'] : [])];
  return {
    type: 'modal',
    callback_id: SETTINGS_MODAL,
    private_metadata: JSON.stringify({ page, ...(channel && { channel: channel.address }) }),
    title: title(words, channel ? 'slack.modal.edit' : 'slack.modal.setup'),
    submit: title(words, 'slack.modal.save'),
    close: title(words, 'slack.modal.cancel'),
    blocks: [
      ...channelBlocks(words, channel),
      input(
        words,
        'language',
        {
          type: 'static_select',
          action_id: ELEMENT,
          options: known.map(option),
          ...(language && { initial_option: option(language) }),
        },
        false,
      ),
      input(words, 'zone', {
        type: 'plain_text_input',
        action_id: ELEMENT,
        max_length: 100,
        ...(timeZone && { initial_value: timeZone }),
      }),
      input(
        words,
        'kinds',
        checkboxes(
          LISTED_KINDS.map((kind) => ({ value: kind, label: words.say(`kind.${kind}`) })),
          kinds,
        ),
      ),
      { type: 'divider' },
      input(words, 'digest', checkboxes(ofDigest, digestOn)),
      input(words, 'time', timepicker(digest.at)),
      input(
        words,
        'days',
        checkboxes(
          WEEK.map((day) => ({ value: String(day), label: dayName(words, day) })),
          (digest.days ?? []).map(String),
        ),
      ),
      heading(words, 'channel.row.quiet'),
      input(words, 'quiet-from', timepicker(quiet?.from)),
      input(words, 'quiet-to', timepicker(quiet?.to)),
    ],
  };
};

/** A modal with one sentence. */
export const noticeModal = (words: Translator, text: string): types.ModalView => ({
  type: 'modal',
  title: title(words, 'slack.modal.edit'),
  close: title(words, 'slack.modal.close'),
  blocks: [message(text)],
});
