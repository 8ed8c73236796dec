import { InvalidArgumentError } from 'commander';
import { MAX_LEVELS, MAX_MINUTES, MIN_MINUTES } from '../channels/settings-schema.ts';
import { MAX_RISE } from '../market/compare.ts';
import { newYorkClock, newYorkTime } from '../market/exchange-time.ts';
import { isDay } from '../market/is-day.ts';
import { MAX_PRICE, type Micros, toMicros } from '../market/money.ts';
import { TIME_OF_DAY } from '../util/time-of-day.ts';
import { type ToldSplit, toldSplit } from './told-splits.ts';

const checked =
  (holds: (text: string) => boolean, expected: string) =>
  (text: string): string => {
    if (!holds(text)) throw new InvalidArgumentError(`expected ${expected}`);
    return text;
  };

export const day = checked(isDay, 'a date, YYYY-MM-DD');

/** Whether the clocks of New York show "02:30" on a day: not while they are set forward. */
const isMinuteOf = (date: string, time: string): boolean =>
  TIME_OF_DAY.test(time) &&
  newYorkClock(newYorkTime(date, time)).toPlainTime().toString({ smallestUnit: 'minute' }) === time;

/** A day or a minute in New York, each meaning its end. */
export const dayOrMinute = checked((text) => {
  const [, date, time] = /^([^T]*)(?:T(.*))?$/.exec(text) ?? [];
  return date !== undefined && isDay(date) && (time === undefined || isMinuteOf(date, time));
}, 'a date, YYYY-MM-DD, or a minute in New York, YYYY-MM-DDTHH:MM, that its clocks show');

export const path = checked((text) => text.trim() !== '', 'the path of a file or folder');

export const picture = checked((text) => /[^/\\]\.png$/i.test(text), 'a file name ending in .png');

const portText = checked((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, '0 (any free port) to 65535');

export const port = (text: string): number => Number(portText(text));

const proposalText = checked((text) => /^[1-9]\d{0,8}$/.test(text), 'the number of a proposal');

export const proposalId = (text: string): number => Number(proposalText(text));

/** Names as typed, separated by commas. */
export const symbols = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  const asked = names.filter((name) => name !== '');
  if (asked.length === 0) throw new InvalidArgumentError('give at least one, or omit it for all');
  return asked;
};

/** Percentages of rises, as ascending basis points. */
export const levels = (text: string): readonly number[] => {
  const given = text.split(',').map((part) => part.trim());
  const points = given.map((part) => (/^\d{1,4}(\.\d{1,2})?$/.test(part) ? Math.round(Number(part) * 100) : 0));
  if (points.some((level) => level < 1 || level > MAX_RISE))
    throw new InvalidArgumentError('expected percentages from 0.01 to 1000, like 20,50,100');
  return [...new Set(points)].sort((a, b) => a - b);
};

/** A further split of a repeatable option. */
export const split = (text: string, before: readonly ToldSplit[] = []): readonly ToldSplit[] => {
  const told = toldSplit(text);
  if (!told || !isDay(told.session))
    throw new InvalidArgumentError(
      'expected the day and the new shares for each old one, like 2024-06-10:10 or 2024-06-10:3/2',
    );
  return [...before, told];
};

/** Falls within so many minutes: levels in basis points, ascending. */
export interface WithinOption {
  readonly minutes: number;
  readonly levels: readonly number[];
}

/** A level in basis points; undefined for anything else than a percentage below 100 with two decimals at most. */
const levelOf = (text: string): number | undefined => {
  const points = /^\d{1,2}(\.\d{1,2})?%?$/.test(text) ? Math.round(Number(text.replace('%', '')) * 100) : 0;
  return points > 0 ? points : undefined;
};

/** Depths of falls in percent, as ascending basis points. */
export const depths = (text: string): readonly number[] => {
  const given = text.split(',').map((part) => levelOf(part.trim()));
  const points = given.filter((level) => level !== undefined);
  if (points.length < given.length || points.length > MAX_LEVELS)
    throw new InvalidArgumentError(`expected up to ${MAX_LEVELS} percentages from 0.01 to 99.99, like 10,20`);
  return [...new Set(points)].sort((a, b) => a - b);
};

/** Further falls of a repeatable option, `30min:4` or `60:3,5`. */
export const within = (text: string, before: readonly WithinOption[] = []): readonly WithinOption[] => {
  const [, number = '', list = ''] = /^(\d{1,3}) ?(?:m|min|minutes)?:(.+)$/.exec(text.trim()) ?? [];
  const minutes = Number(number);
  const levels = list.split(',').map((level) => levelOf(level.trim()));
  const isKnown = levels.every((level) => level !== undefined);
  if (minutes < MIN_MINUTES || minutes > MAX_MINUTES || !isKnown)
    throw new InvalidArgumentError(
      `expected ${MIN_MINUTES} to ${MAX_MINUTES} minutes and how far it falls, in percent, like 30min:4 or 60min:3,5`,
    );
  return [...before, { minutes, levels: [...new Set(levels)].sort((a, b) => a - b) }];
};

/** A price that alerts once, and of which symbol, as typed; absent for the one that is played. */
export interface PriceOption {
  readonly text: string;
  readonly symbol?: string;
  readonly price: Micros;
}

/** A further price of a repeatable option, `100` or `NVDA:100`. */
export const price = (text: string, before: readonly PriceOption[] = []): readonly PriceOption[] => {
  const [, symbol, number = ''] = /^(?:([^:]+):)?\$?(\d{1,10}(?:\.\d{1,6})?)$/.exec(text.trim()) ?? [];
  const micros = toMicros(Number(number));
  if (micros <= 0 || Number(number) > MAX_PRICE)
    throw new InvalidArgumentError('expected a price above 0, like 100 or NVDA:125.50');
  return [...before, { text, price: micros, ...(symbol !== undefined && { symbol }) }];
};
