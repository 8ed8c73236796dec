import { InvalidArgumentError } from 'commander';
import { newYorkClock, newYorkTime } from '../market/exchange-time.ts';
import { isDay } from '../market/is-day.ts';
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
  /^([01]\d|2[0-3]):[0-5]\d$/.test(time) &&
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

/** A further split of a repeatable option. */
export const split = (text: string, before: readonly ToldSplit[] = []): readonly ToldSplit[] => {
  const told = toldSplit(text);
  if (!told || !isDay(told.session))
    throw new InvalidArgumentError(
      'expected the day and the new shares for each old one, like 2024-06-10:10 or 2024-06-10:3/2',
    );
  return [...before, told];
};
