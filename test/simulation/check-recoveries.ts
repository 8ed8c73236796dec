import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type ChannelCheck, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra } from './eras.ts';
import { isDown, type Plateau, plateausOf, wants, YEAR, yearLevels } from './expected.ts';
import { roomOf } from './platforms.ts';

/** No price lies so deep, in basis points. */
const NO_LEVEL = 20_000;

/** A close that is as high as all of the last year, after a fall. */
interface Comeback {
  readonly close: Plateau;
  /** The prices since the high before. */
  readonly fall: readonly Plateau[];
}

const comebacksOf = (plateaus: readonly Plateau[]): Comeback[] => {
  let fall: Plateau[] = [];
  return plateaus.flatMap((it): Comeback[] => {
    fall.push(it);
    if (!it.isClose || it.price < it.reference) return [];
    const comeback = { close: it, fall };
    fall = [];
    return [comeback];
  });
};

/** Recoveries: one for each close that ends a fall, to whom a level of the fall mattered. */
export const checkRecoveries: ChannelCheck = (scenario, outlook, channel, wishes, posted) => {
  const room = roomOf(channel);
  const { market, end } = scenario;
  const told = posted.flatMap(({ at, stories }) =>
    stories.flatMap(({ story, madeAt }) => (story.kind === 'recovery' ? [{ at, madeAt, story }] : [])),
  );
  const summed = posted.flatMap(({ stories }) =>
    stories.flatMap(({ story }) => (story.kind === 'summary' ? story.held.map(({ symbol }) => symbol) : [])),
  );
  const leastLevel = ({ settings }: SettingsEra, symbol: string): number =>
    wants(settings, 'recovery') && !settings.without?.includes(symbol)
      ? (yearLevels(settings, symbol)[0] ?? NO_LEVEL)
      : NO_LEVEL;
  return market.symbols.flatMap((symbol): Breach[] => {
    const own = told.filter(({ story }) => story.symbol === symbol);
    const comebacks = comebacksOf(plateausOf(scenario, { symbol, kind: 'drawdown', window: YEAR }));
    const falses = own.flatMap(({ at, madeAt, story }, place): Breach[] => {
      const breach = (what: Breach['what'], expected: string): Breach => ({
        ...{ what, at, room, symbol, expected },
        came: `the recovery of ${story.session} at ${story.price / 1e6}`,
      });
      const { session } = story;
      if (outlook.mayBelieveWrongClose(symbol, session)) return [];
      if (own.slice(0, place).some((it) => it.story.session === session)) return [breach('twice', 'it once')];
      const mute = mutesOf(wishes, symbol).find(({ sure }) => contains(sure, { from: madeAt - MINUTE_MS, to: at }));
      if (mute) return [breach('false', `a mute until ${time(mute.sure.to)}`)];
      const comeback = comebacks.find(({ close }) => close.session === session);
      if (!comeback) return [breach('false', 'no close as high as all of a year')];
      const isWanted = wishes.eras.some(
        (era) =>
          overlaps(era.perhaps, { from: madeAt, to: at + 1 }) &&
          comeback.fall.some((it) => isDown(it, leastLevel(era, symbol))),
      );
      if (!isWanted) return [breach('false', 'no fall to one of its levels')];
      const isPriced = outlook.hasSplit(symbol) || story.price === comeback.close.price;
      return isPriced ? [] : [breach('false', `a close of ${comeback.close.price / 1e6}`)];
    });
    const lost = comebacks.flatMap(({ close, fall }): Breach[] => {
      if (outlook.hasSplit(symbol) || outlook.mayBelieveWrongClose(symbol, close.session)) return [];
      return wishes.eras.flatMap((era): Breach[] => {
        const seen = fall.filter((it) => it.isClose || outlook.seenBy(symbol, it) !== undefined);
        if (!seen.some((it) => isDown(it, leastLevel(era, symbol)))) return [];
        const by = outlook.postedBy(channel, era.settings, end - HOUR_MS);
        const span = { from: close.from, to: Math.min(by, end) };
        const isMuted = mutesOf(wishes, symbol).some(({ perhaps }) => overlaps(perhaps, span));
        if (isMuted || by > end || !contains(era.sure, span)) return [];
        if (own.some(({ story }) => story.session === close.session) || summed.includes(symbol)) return [];
        const expected = `the recovery of ${close.session} at ${close.price / 1e6} by ${time(by)}`;
        return [{ what: 'lost', at: close.from, room, symbol, expected, came: 'nothing' }];
      });
    });
    return [...falses, ...lost];
  });
};
