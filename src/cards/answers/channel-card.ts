import { type Action, type Card, fitTitle, type Row, type Section } from '../card.ts';
import { pauseText } from '../channel-notice-card.ts';
import {
  afterHoursRows,
  type ChannelView,
  channelTime,
  digestRows,
  editsRows,
  kindsRow,
  muteRows,
  pingRow,
  placeRows,
  quietRow,
  symbolRows,
} from './channel-rows.ts';
import { lackSentences } from './lack-texts.ts';
import { levelRows } from './level-rows.ts';

/** A section of a channel's settings. */
export type Topic = 'posted' | 'symbols' | 'levels' | 'digest' | 'place' | 'mutes';

const ROWS: Readonly<Record<Topic, (view: ChannelView, symbol?: string) => readonly Row[]>> = {
  posted: (view) => [kindsRow(view), pingRow(view), quietRow(view), ...editsRows(view), ...afterHoursRows(view)],
  symbols: symbolRows,
  levels: levelRows,
  digest: digestRows,
  place: placeRows,
  mutes: muteRows,
};

/** The sections that have rows. */
const topicSections = (view: ChannelView, topics: readonly Topic[], symbol?: string): Section[] =>
  topics
    .map((topic) => ({ heading: view.words.say(`channel.heading.${topic}`), rows: ROWS[topic](view, symbol) }))
    .filter(({ rows }) => rows.length > 0);

interface ChannelCardParts {
  /** Limits the levels to one symbol. */
  readonly symbol?: string;
  /** One sentence: what has changed, or what was asked. */
  readonly title: string;
  readonly lead?: readonly string[];
  readonly topics: readonly Topic[];
  readonly actions?: readonly Action[];
}

/** A channel's current settings below one sentence; if the channel is paused, with the reason. */
export const channelCard = (
  view: ChannelView,
  { title, lead = [], topics, symbol, actions }: ChannelCardParts,
): Card => {
  const { words, channel, now } = view;
  const hasGap = channel.paused !== undefined || lackSentences(words, channel).length > 0;
  const paused = channel.paused ? [words.say('channel.paused', { reason: pauseText(words, channel.paused) })] : [];
  return {
    kind: 'channel',
    tone: channel.paused === undefined ? 'calm' : 'amber',
    ...(hasGap && { edge: 'gap' }),
    title: fitTitle(title),
    lead: [...lead, ...paused, ...(channel.paused ? [] : lackSentences(words, channel))],
    sections: topicSections(view, topics, symbol),
    footer: [words.say('channel.footer', { instant: channelTime(view, now) })],
    ...(actions && actions.length > 0 && { actions }),
  };
};
