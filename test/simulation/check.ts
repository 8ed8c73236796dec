import type { Story } from '../../src/stories/story.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, type PostedStory, time } from './breach.ts';
import { checkAfterHours } from './check-after-hours.ts';
import { checkBill } from './check-bill.ts';
import { checkDeliveries, checkKeys, checkRepeated } from './check-deliveries.ts';
import { checkDigests } from './check-digests.ts';
import { checkEdits } from './check-edits.ts';
import { checkMuteEnds } from './check-mute-ends.ts';
import { checkNotices } from './check-notices.ts';
import { checkOwnRules } from './check-own-rules.ts';
import { checkPings } from './check-pings.ts';
import { checkRecoveries } from './check-recoveries.ts';
import { checkRises } from './check-rises.ts';
import { checkSlides } from './check-slides.ts';
import { contains, type Wishes, wishesOf } from './eras.ts';
import { outlookOf, quietSpan } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

const batchOf = (key: string): number => Number.parseInt(key.split('-').at(-1) ?? '', 36);

/** The stories of each card, by its batch. */
const storiesOf = ({ deliveries }: Run): ReadonlyMap<number, readonly PostedStory[]> => {
  const ofCards = deliveries.filter(({ batch, state }) => batch !== null && state !== 'merged');
  const groups = Map.groupBy(ofCards, ({ batch }) => Number(batch));
  return new Map(
    [...groups].map(([batch, of]) => [
      batch,
      of.map(({ body, createdAt }) => ({ story: JSON.parse(body) as Story, madeAt: createdAt })),
    ]),
  );
};

const HELD_BY_QUIET: readonly string[] = ['slide', 'recovery', 'summary', 'after-hours', 'bill'];

/** Cards that came in quiet hours in which they were made, too. */
const checkQuiet = (channel: SimulatedChannel, { eras }: Wishes, posted: readonly Posted[]): Breach[] =>
  posted.flatMap(({ at, stories }): Breach[] => {
    const [first] = stories;
    if (!first || !HELD_BY_QUIET.includes(first.story.kind)) return [];
    const madeAt = Math.min(...stories.map((it) => it.madeAt));
    const era = eras.find(({ sure }) => contains(sure, { from: madeAt, to: at }));
    const span = era && quietSpan(era.settings, at);
    if (!span || madeAt < span.from + MINUTE_MS || at > span.to - MINUTE_MS) return [];
    const { kind, symbol } = first.story;
    const expected = `quiet until ${time(span.to)}`;
    return [{ what: 'early', at, room: roomOf(channel), symbol, expected, came: `${kind} ${symbol}` }];
  });

/** Compares a run with what its scenario has to bring. */
export const checkRun = (drawn: Scenario, run: Run): Breach[] => {
  // The bot has ended when it came to the await that was drawn, if it did.
  const others = drawn.faults.filter(({ kind }) => kind !== 'crash' && kind !== 'restart');
  const scenario = { ...drawn, faults: [...others, ...run.ends] };
  const outlook = outlookOf(scenario);
  const stories = storiesOf(run);
  const postedIn = new Map(
    scenario.channels.map((channel) => {
      const room = roomOf(channel);
      const posted = (run.rooms.get(room) ?? []).map(
        ({ key, at }): Posted => ({ key, at, stories: stories.get(batchOf(key)) ?? [] }),
      );
      return [room, posted] as const;
    }),
  );
  return [
    ...checkDeliveries(scenario, run),
    ...checkRepeated(run),
    ...checkEdits(scenario, run),
    ...checkPings(scenario, outlook, run, postedIn),
    ...scenario.channels.flatMap((channel) => {
      const room = roomOf(channel);
      const wishes = wishesOf(channel, run.orders);
      const posted = postedIn.get(room) ?? [];
      return [
        ...checkKeys(room, posted),
        ...checkQuiet(channel, wishes, posted),
        ...checkSlides(scenario, outlook, channel, wishes, posted, run),
        ...checkOwnRules(scenario, outlook, channel, wishes, posted, run),
        ...checkRises(scenario, outlook, channel, wishes, posted, run),
        ...checkAfterHours(scenario, outlook, channel, wishes, posted, run),
        ...checkMuteEnds(scenario, outlook, channel, wishes, posted, run),
        ...checkBill(scenario, outlook, channel, wishes, posted, run),
        ...checkNotices(scenario, outlook, channel, wishes, posted),
        ...checkRecoveries(scenario, outlook, channel, wishes, posted),
        ...checkDigests(scenario, outlook, channel, wishes, posted),
      ];
    }),
  ];
};
