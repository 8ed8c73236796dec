import { watches } from '../../channels/channel-rules.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstantIn, weekdays } from '../../i18n/dates.ts';
import { languageName } from '../../i18n/languages.ts';
import { zoneName } from '../../i18n/names.ts';
import { formatLevel } from '../../i18n/percent.ts';
import { DEFAULT_KINDS } from '../../stories/channel.ts';
import type { Row } from '../card.ts';
import type { ChannelView } from './channel-view.ts';

const row = (words: Translator, name: string, text: string): Row => ({ label: words.say(`channel.row.${name}`), text });

export const channelTime = ({ words, timeZone }: ChannelView, instant: number): string =>
  formatInstantIn(words, instant, timeZone);

/** Which kinds of cards come. */
export const kindsRow = ({ words, channel: { settings } }: ChannelView): Row => {
  const kinds = (settings.kinds ?? DEFAULT_KINDS).map((kind) => words.say(`kind.${kind}`));
  return row(words, 'kinds', kinds.length > 0 ? kinds.join(', ') : words.say('channel.nothing'));
};

const customName = ({ watchlist }: ChannelView, symbol: string): string => {
  const name = watchlist.symbols.get(symbol)?.name.en ?? symbol;
  return name === symbol ? symbol : `${symbol} (${name})`;
};

/** What is watched: of the watchlist, besides, and what is left out. */
export const symbolRows = (view: ChannelView): Row[] => {
  const { words, watchlist, channel } = view;
  const listed = [...watchlist.symbols.values()].filter(({ custom }) => !custom);
  const kept = listed.filter(({ symbol }) => watches(channel.settings, watchlist, symbol)).map(({ symbol }) => symbol);
  const out = listed.map(({ symbol }) => symbol).filter((symbol) => !kept.includes(symbol));
  const also = channel.settings.also ?? [];
  return [
    row(words, 'symbols', kept.length > 0 ? kept.join(', ') : words.say('channel.nothing')),
    ...(also.length > 0 ? [row(words, 'also', also.map((symbol) => customName(view, symbol)).join(', '))] : []),
    ...(out.length > 0 ? [row(words, 'without', out.join(', '))] : []),
  ];
};

/** Who is pinged, and from which depth on. */
export const pingRow = ({ words, channel: { settings, platform } }: ChannelView): Row => {
  const { ping } = settings;
  if (!ping) return row(words, 'ping', words.say('channel.nobody'));
  const who = words.say(platform === 'slack' ? 'channel.group' : 'channel.role', { id: ping.id });
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

/** When the digest comes, and the next time. */
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

/** Its language and its zone. */
export const placeRows = ({ words, channel, timeZone }: ChannelView): Row[] => [
  row(words, 'language', languageName(channel.language)),
  row(
    words,
    'time-zone',
    zoneName(words, timeZone) === timeZone ? timeZone : `${zoneName(words, timeZone)} (${timeZone})`,
  ),
];

/** "everything", or the symbol. */
export const mutedName = (words: Translator, symbol: string): string =>
  symbol === '*' ? words.say('channel.everything') : symbol;

/** The silences in force, with what each has held back. */
export const muteRows = (view: ChannelView): Row[] =>
  view.mutes.map(({ symbol, until, held }) => ({
    label: mutedName(view.words, symbol),
    text: view.words.say('channel.muted-until', {
      instant: channelTime(view, until),
      held: heldText(view.words, held),
    }),
  }));

/** "held back 3 alerts so far", or that it was none. */
export const heldText = (words: Translator, held: number): string =>
  held === 0 ? words.say('channel.held-none') : words.say('channel.held', { count: held });
