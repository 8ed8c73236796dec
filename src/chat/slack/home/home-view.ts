import type { types } from '@slack/bolt';
import {
  type ChannelView,
  digestRows,
  kindsRow,
  muteRows,
  pingRow,
  quietRow,
  symbolRows,
} from '../../../cards/answers/channel-rows.ts';
import { lackSentences } from '../../../cards/answers/lack-texts.ts';
import { levelRows } from '../../../cards/answers/level-rows.ts';
import type { Row } from '../../../cards/card.ts';
import { pauseText } from '../../../cards/channel-notice-card.ts';
import type { Translator } from '../../../i18n/catalogue.ts';
import { languageName } from '../../../i18n/languages.ts';
import { zoneName } from '../../../i18n/names.ts';
import { limits, viewLimits } from '../limits.ts';
import { escapeText, hasMarks, plain, plainText } from '../mrkdwn.ts';

/** Ids of App Home's buttons. */
export const HOME_ACTION = /^home:(setup|edit|page)(:\w+)?$/;

/** Each channel takes up to four of the hundred blocks of a view. */
export const CHANNELS_PER_PAGE = 20;

export interface HomePage {
  /** Number of channels of this page that the reader may not see. */
  readonly hidden: number;
  /** The channels of this page, in order of creation. */
  readonly views: readonly ChannelView[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Sentences above everything else. */
  readonly notices: readonly string[];
}

/** Slack shows the channel's name to people who may see it. A direct message has no name. */
const nameOf = (words: Translator, address: string): types.TextObject =>
  /^[CG][A-Z0-9]+$/.test(address)
    ? { type: 'mrkdwn', text: `*<#${address}>*`, verbatim: true }
    : plainText(words.say('slack.home.direct'), 100);

const button = (words: Translator, key: string, actionId: string, value: string): types.Button => ({
  type: 'button',
  action_id: actionId,
  text: plainText(words.say(key), limits.buttonText),
  value,
});

/** Drops whole lines, so that no number is cut. */
const linesWithin = (lines: readonly string[], max: number): string => {
  const all = [...lines];
  while (all.length > 1 && all.join('\n').length > max) all.pop();
  return all.join('\n');
};

/** A bold label above its lines; all of it plain where a line has a mark that Slack would take for one. */
const fieldOf = (label: string, given: readonly string[]): types.TextObject => {
  const name = plain(label, 100);
  const lines = given.map((line) => plain(line, 500));
  const below = (head: string, all: readonly string[]) => head + linesWithin(all, viewLimits.field - head.length);
  return [name, ...lines].some(hasMarks)
    ? { type: 'plain_text', text: below(`${name}\n`, lines), emoji: false }
    : {
        type: 'mrkdwn',
        verbatim: true,
        text: below(
          `*${escapeText(name, 100)}*\n`,
          lines.map((line) => escapeText(line, 500)),
        ),
      };
};

const labelled = ({ label, text }: Row): string => `${label}: ${text}`;

/** Whom alerts ping. Slack shows the group's name for its id, and views ping nobody. */
const pinged = (view: ChannelView): types.TextObject => {
  const { label, text } = pingRow(view);
  const field = fieldOf(label, [text]);
  const { id = '' } = view.channel.settings.ping ?? {};
  return /^S[A-Z0-9]+$/.test(id) && field.type === 'mrkdwn'
    ? { ...field, text: field.text.replace(id, `<!subteam^${id}>`) }
    : field;
};

const settingsOf = (view: ChannelView): types.TextObject[] => {
  const { words } = view;
  const [digest, ...ofDigest] = digestRows(view);
  const [symbols, ...besides] = symbolRows(view);
  const mutes = muteRows(view);
  const fieldOfRow = (row: Row, more: readonly Row[] = []) => fieldOf(row.label, [row.text, ...more.map(labelled)]);
  return [
    fieldOf(words.say('channel.row.language'), [languageName(view.channel.language)]),
    fieldOf(words.say('channel.row.time-zone'), [zoneName(words, view.timeZone)]),
    fieldOfRow(kindsRow(view)),
    fieldOf(words.say('slack.home.levels'), levelRows(view).map(labelled)),
    ...(symbols ? [fieldOfRow(symbols, besides)] : []),
    ...(digest ? [fieldOfRow(digest, ofDigest)] : []),
    fieldOfRow(quietRow(view)),
    pinged(view),
    ...(mutes.length > 0 ? [fieldOf(words.say('slack.home.muted'), mutes.map(labelled))] : []),
  ];
};

const sectionOf = (text: string): types.SectionBlock => ({
  type: 'section',
  text: plainText(text, limits.section),
});

/** Why nothing can be posted in a channel, or what its cards lack, in one section at most. */
const troubleOf = ({ words, channel }: ChannelView): types.SectionBlock[] => {
  const { paused } = channel;
  const texts = paused
    ? [words.say('channel.paused', { reason: pauseText(words, paused) })]
    : lackSentences(words, channel);
  return texts.length === 0 ? [] : [sectionOf(texts.join(' '))];
};

/** One channel: its name, an edit button, what is wrong with it, and its settings. */
const channelBlocks = (view: ChannelView): types.KnownBlock[] => {
  const { words, channel } = view;
  const { address } = channel;
  return [
    { type: 'divider' },
    {
      type: 'section',
      text: nameOf(words, address),
      accessory: button(words, 'slack.home.edit', 'home:edit', address),
    },
    ...troubleOf(view),
    { type: 'section', fields: settingsOf(view) },
  ];
};

const paging = (words: Translator, { page, pages }: HomePage): types.ActionsBlock[] => {
  const buttons = [
    ...(page > 0 ? [button(words, 'slack.home.before', 'home:page:before', String(page - 1))] : []),
    ...(page + 1 < pages ? [button(words, 'slack.home.after', 'home:page:after', String(page + 1))] : []),
  ];
  return buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : [];
};

/** One page of App Home: the workspace's channels and their settings. */
export const homeView = (words: Translator, home: HomePage): types.HomeView => {
  const { views, hidden, page, notices } = home;
  const lead = views.length + hidden > 0 ? 'slack.home.lead' : 'slack.home.empty';
  return {
    type: 'home',
    private_metadata: JSON.stringify({ page }),
    blocks: [
      ...notices.map(sectionOf),
      { type: 'header', text: plainText(words.say('slack.home.title'), limits.header) },
      sectionOf(words.say(lead)),
      {
        type: 'actions',
        elements: [{ ...button(words, 'slack.home.setup', 'home:setup', 'new'), style: 'primary' }],
      },
      ...views.flatMap(channelBlocks),
      ...(hidden === 0 ? [] : [sectionOf(words.say('slack.home.hidden', { count: hidden }))]),
      ...paging(words, home),
      { type: 'context', elements: [plainText(words.say('slack.home.footer'), limits.contextElement)] },
    ],
  };
};
