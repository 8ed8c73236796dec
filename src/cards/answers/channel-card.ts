import type { Action, Card, Row, Section } from '../card.ts';
import { fitTitle } from '../card.ts';
import { pauseText } from '../channel-notice-card.ts';
import {
  channelTime,
  digestRows,
  kindsRow,
  muteRows,
  pingRow,
  placeRows,
  quietRow,
  symbolRows,
} from './channel-rows.ts';
import type { ChannelView } from './channel-view.ts';
import { levelRows } from './level-rows.ts';

/** What a channel's settings are told in. */
export type Topic = 'posted' | 'symbols' | 'levels' | 'digest' | 'place' | 'mutes';

const ROWS: Readonly<Record<Topic, (view: ChannelView, symbol?: string) => readonly Row[]>> = {
  posted: (view) => [kindsRow(view), pingRow(view), quietRow(view)],
  symbols: symbolRows,
  levels: levelRows,
  digest: digestRows,
  place: placeRows,
  mutes: muteRows,
};

/** Sections without rows are left out. */
const topicSections = (view: ChannelView, topics: readonly Topic[], symbol?: string): Section[] =>
  topics
    .map((topic) => ({ heading: view.words.say(`channel.heading.${topic}`), rows: ROWS[topic](view, symbol) }))
    .filter(({ rows }) => rows.length > 0);

interface Told {
  /** The one whose levels are told; all where absent. */
  readonly symbol?: string;
  /** What has changed, or what is asked, in one sentence. */
  readonly title: string;
  readonly lead?: readonly string[];
  readonly topics: readonly Topic[];
  readonly actions?: readonly Action[];
}

/** A channel's settings as they are, under one sentence; and why nothing can be posted there, where that is so. */
export const channelCard = (view: ChannelView, { title, lead = [], topics, symbol, actions }: Told): Card => {
  const { words, channel, now } = view;
  const paused = channel.paused ? [words.say('channel.paused', { reason: pauseText(words, channel.paused) })] : [];
  return {
    kind: 'channel',
    tone: channel.paused === undefined ? 'calm' : 'amber',
    title: fitTitle(title),
    lead: [...lead, ...paused],
    sections: topicSections(view, topics, symbol),
    footer: [words.say('channel.footer', { instant: channelTime(view, now) })],
    ...(actions && actions.length > 0 && { actions }),
  };
};
