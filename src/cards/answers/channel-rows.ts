import { watches } from '../../channels/channel-rules.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstantIn, weekdays } from '../../i18n/dates.ts';
import { languageName } from '../../i18n/languages.ts';
import { nameInSentence, zoneName } from '../../i18n/names.ts';
import { formatLevel } from '../../i18n/percent.ts';
import type { Micros } from '../../market/money.ts';
import type { Watchlist } from '../../market/watchlist.ts';
import { type Channel, DEFAULT_KINDS, type Mute, type OwnPrice, type Ping } from '../../stories/channel.ts';
import { platformFacts } from '../../stories/platforms.ts';
import type { Row } from '../card.ts';

/** The state of a channel, for a card in a language. Times in epoch milliseconds. */
export interface ChannelView {
  readonly words: Translator;
  readonly watchlist: Watchlist;
  readonly channel: Channel;
  /** The channel's own time zone, or the default. */
  readonly timeZone: string;
  readonly now: number;
  /** What a price that was set means now. */
  priceRule(symbol: string, price: OwnPrice): { readonly target: Micros; readonly told: boolean };
  /** Mutes in force. */
  readonly mutes: readonly Mute[];
  /** When its next digest is due; absent if it gets none. */
  readonly nextDigest?: number;
  /** What people call whom it pings; absent if that is not known. */
  readonly pinged?: string;
}

const row = (words: Translator, name: string, text: string): Row => ({ label: words.say(`channel.row.${name}`), text });

export const channelTime = ({ words, timeZone }: ChannelView, instant: number): string =>
  formatInstantIn(words, instant, timeZone);

/** The kinds of cards that are posted. */
export const kindsRow = ({ words, channel: { settings } }: ChannelView): Row => {
  const kinds = (settings.kinds ?? DEFAULT_KINDS).map((kind) => words.say(`kind.${kind}`));
  return row(words, 'kinds', kinds.length > 0 ? kinds.join(', ') : words.say('channel.nothing'));
};

const customName = ({ words, watchlist }: ChannelView, symbol: string): string => {
  const watched = watchlist.symbols.get(symbol);
  const name = watched ? nameInSentence(words, watched) : symbol;
  return name === symbol ? symbol : `${symbol} (${name})`;
};

/** Watched symbols of the watchlist, added ones, and excluded ones. */
export const symbolRows = (view: ChannelView): Row[] => {
  const { words, watchlist, channel } = view;
  const listed = [...watchlist.symbols.values()].filter(({ custom }) => !custom);
  const watched = listed
    .filter(({ symbol }) => watches(channel.settings, watchlist, symbol))
    .map(({ symbol }) => symbol);
  const excluded = listed.map(({ symbol }) => symbol).filter((symbol) => !watched.includes(symbol));
  const also = channel.settings.also ?? [];
  return [
    row(words, 'symbols', watched.length > 0 ? watched.join(', ') : words.say('channel.nothing')),
    ...(also.length > 0 ? [row(words, 'also', also.map((symbol) => customName(view, symbol)).join(', '))] : []),
    ...(excluded.length > 0 ? [row(words, 'without', excluded.join(', '))] : []),
  ];
};

/** "the role @traders": who is pinged; by the id if nobody knows the name. */
export const pingedName = ({ words, channel: { platform }, pinged }: ChannelView, { id }: Ping): string =>
  words.say(platformFacts(platform).pings?.messageKey ?? 'channel.role', { id: pinged ?? id });

/** Who is pinged, and from which depth. */
export const pingRow = (view: ChannelView): Row => {
  const { words, channel } = view;
  const { ping } = channel.settings;
  if (!ping) return row(words, 'ping', words.say('channel.nobody'));
  const who = pingedName(view, ping);
  const key = ping.from === 0 ? 'channel.ping-always' : 'channel.ping';
  return row(words, 'ping', words.say(key, { who, ...(ping.from > 0 && { level: formatLevel(words, ping.from) }) }));
};

export const quietRow = ({ words, channel: { settings }, timeZone }: ChannelView): Row =>
  row(
    words,
    'quiet',
    settings.quiet
      ? words.say('channel.quiet', { ...settings.quiet, place: zoneName(words, timeZone) })
      : words.say('channel.none-set'),
  );

/** That posted cards stay as they are; nothing for the default. */
export const editsRows = ({ words, channel: { settings } }: ChannelView): Row[] =>
  settings.edits === false ? [row(words, 'edits', words.say('channel.off'))] : [];

/** That falls after the bell are not told; nothing for the default. */
export const afterHoursRows = ({ words, channel: { settings } }: ChannelView): Row[] =>
  settings.afterHours === false ? [row(words, 'after-hours', words.say('channel.off'))] : [];

/** When the digest is posted, and the next one. */
export const digestRows = (view: ChannelView): Row[] => {
  const { words, channel, timeZone, nextDigest } = view;
  const { settings } = channel;
  if (!(settings.kinds ?? DEFAULT_KINDS).includes('digest')) return [row(words, 'digest', words.say('channel.off'))];
  const { at, days, closedDays } = settings.digest ?? {};
  const time =
    at === undefined
      ? words.say('channel.after-close')
      : words.say('channel.at', { time: at, place: zoneName(words, timeZone) });
  const text = words.say('channel.digest', {
    days: days === undefined ? words.say('channel.every-session') : weekdays(words, days),
    time,
  });
  return [
    row(words, 'digest', text),
    ...(closedDays ? [row(words, 'closed-days', words.say('channel.closed-days'))] : []),
    ...(nextDigest === undefined ? [] : [row(words, 'next-digest', channelTime(view, nextDigest))]),
  ];
};

/** Language and time zone. */
export const placeRows = ({ words, channel, timeZone }: ChannelView): Row[] => [
  row(words, 'language', languageName(channel.language)),
  row(
    words,
    'time-zone',
    zoneName(words, timeZone) === timeZone ? timeZone : `${zoneName(words, timeZone)} (${timeZone})`,
  ),
];

/** The symbol of a mute, or "everything". */
export const mutedName = (words: Translator, symbol: string): string =>
  symbol === '*' ? words.say('channel.everything') : symbol;

/** The mutes in force, with the number of alerts that each has held back. */
export const muteRows = (view: ChannelView): Row[] =>
  view.mutes.map(({ symbol, until, held }) => ({
    label: mutedName(view.words, symbol),
    text: view.words.say('channel.muted-until', {
      instant: channelTime(view, until),
      held: heldText(view.words, held),
    }),
  }));

/** "held back 3 alerts so far", "nothing held back". */
export const heldText = (words: Translator, held: number): string =>
  held === 0 ? words.say('channel.held-none') : words.say('channel.held', { count: held });
