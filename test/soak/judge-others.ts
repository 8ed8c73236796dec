import type { Absence, Journal } from './disturb.ts';
import { placeKey } from './disturb.ts';
import { DEEPENED, TOLD } from './evening.ts';
import { headlineFor, type SeenFall, wantsAfterHours, wantsBill } from './expected.ts';
import type { PostedCard } from './judge.ts';
import type { SoakMute } from './people.ts';
import type { SoakChannel } from './places.ts';

/** What a channel got beside falls of the day, and what is wrong with it. */
interface JudgedOthers {
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
  /** Cards of falls after the bell that say how deep it went, and those that name who has muted. */
  readonly deepened: number;
  readonly named: number;
  readonly goneWithChannel: number;
  readonly faults: readonly string[];
}

interface OthersParts {
  readonly journal: Journal;
  readonly seen: readonly SeenFall[];
  readonly mutes: readonly SoakMute[];
  /** Companies whose guidance was confirmed, with the instants before and after. */
  readonly guided: readonly { readonly symbol: string; readonly from: number }[];
  /** When the evening began. */
  readonly bell: number;
}

const DEEPER = /Deeper since|이후 추가 하락/g;
const NAMED = /Muted by |님이 .{1,40}까지 음소거|님의 음소거/;

/**
 * Compares what a channel got of after-hours falls, of changes on the bill and of ends of mutes with what it should have: each
 * once, and what a mute has held back in one message with the right number.
 */
export const judgeOthers =
  ({ journal, seen, mutes, guided, bell }: OthersParts) =>
  (channel: SoakChannel, cards: readonly PostedCard[]): JudgedOthers => {
    const key = placeKey(channel);
    const absences: readonly Absence[] = journal.absences.get(key) ?? [];
    /** What is owed from an instant on goes with a channel that is taken out of use then, or later while it is not posted. */
    const mayBeGone = (from: number): boolean => absences.some(({ to }) => to >= from);
    const told = cards.flatMap((card) => (card.told ? [{ ...card, told: card.told }] : []));
    const held = mutes
      .filter((it) => placeKey(it.channel) === key)
      .map(({ symbol, from }) => ({
        symbol,
        count: seen.filter(
          (fall) => fall.symbol === symbol && fall.seenAt >= from && headlineFor(channel, fall) !== undefined,
        ).length,
      }));
    const owed = [
      ...TOLD.filter((symbol) => wantsAfterHours(channel, symbol)).map((symbol) => ({
        name: `after-hours ${symbol}`,
        from: bell,
        count: 1,
      })),
      ...guided
        .filter(({ symbol }) => wantsBill(channel, symbol))
        .map(({ symbol, from }) => ({ name: `bill ${symbol}`, from, count: 1 })),
      ...held
        .filter(({ count }) => count > 0)
        .map(({ symbol, count }) => ({ name: `mute-end ${symbol}`, from: bell, count })),
    ];
    const faults: string[] = [];
    let [delivered, lost, twice, gone] = [0, 0, 0, 0];
    for (const { name, from, count } of owed) {
      const found = told.filter((it) => it.told.name === name);
      if (found.length === 1) delivered += 1;
      else if (found.length > 1) {
        twice += 1;
        faults.push(`twice in ${key}: ${name}`);
      } else if (mayBeGone(from)) gone += 1;
      else {
        lost += 1;
        faults.push(`lost in ${key}: ${name}`);
      }
      const isRight = found.every((it) => it.told.count === count || (mayBeGone(0) && it.told.count < count));
      if (!isRight) faults.push(`${name} in ${key} counts ${found[0]?.told.count}, not ${count}`);
    }
    for (const { told: it } of told) {
      const isChecked = /^(after-hours|bill|mute-end) /.test(it.name);
      if (isChecked && !owed.some(({ name }) => name === it.name)) faults.push(`unasked in ${key}: ${it.name}`);
    }
    const ofEvening = told.filter((it) => it.told.name.startsWith('after-hours'));
    for (const { told: it, text } of ofEvening) {
      const times = [...text.matchAll(DEEPER)].length;
      const isRight = times === 0 || (times === 1 && DEEPENED.some((symbol) => it.name.endsWith(symbol)));
      if (!isRight) faults.push(`a wrong edit in ${key}: ${it.name} says ${times} times that it went deeper`);
    }
    const firstOfEvening = cards.findIndex((it) => it.told?.name.startsWith('after-hours'));
    const isLate = firstOfEvening >= 0 && cards.slice(firstOfEvening).some(({ name }) => name !== undefined);
    if (isLate) faults.push(`out of order in ${key}: a fall of the day after one of the evening`);
    return {
      ...{ delivered, lost, twice, goneWithChannel: gone, faults },
      deepened: ofEvening.filter(({ text }) => new RegExp(DEEPER.source).test(text)).length,
      named: cards.filter(({ text }) => NAMED.test(text)).length,
    };
  };
