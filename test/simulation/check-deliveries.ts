import { ruleOf } from '../../src/slides/alert-kinds.ts';
import type { Story } from '../../src/stories/story.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { roomOf } from './platforms.ts';
import type { Scenario } from './scenario.ts';
import type { Run } from './simulate.ts';

/** The same card twice, and cards that come from nowhere. */
export const checkKeys = (room: string, posted: readonly Posted[]): Breach[] => {
  const seen = new Set<string>();
  /** Whether a card with slides came before: what falls soon after it is gathered, two symbols or more on one card. */
  let hadSlides = false;
  return posted.flatMap(({ key, at, stories }): Breach[] => {
    const breaches: Breach[] = [];
    const what = stories.map(({ story }) => `${story.kind} ${story.symbol}`).join(', ');
    if (seen.has(key))
      breaches.push({ what: 'twice', at, room, expected: 'one card of a key', came: `${key} again: ${what}` });
    if (stories.length === 0)
      breaches.push({
        what: 'false',
        at,
        room,
        expected: 'a card of a delivery',
        came: `${key}, which no delivery has`,
      });
    seen.add(key);
    const symbols = new Set(stories.map(({ story }) => story.symbol));
    const isTogether = stories.length >= 3 || (stories.length === 2 && hadSlides);
    const isWhole = stories.length <= 1 || (isTogether && symbols.size === stories.length);
    if (!isWhole)
      breaches.push({ what: 'form', at, room, expected: 'one slide, or symbols that came together', came: what });
    hadSlides ||= stories.some(({ story }) => story.kind === 'slide');
    return breaches;
  });
};

/** Deliveries that have no end, or a wrong one. */
export const checkDeliveries = (scenario: Scenario, run: Run): Breach[] =>
  run.deliveries.flatMap(({ state, kind, symbol, address, platform, id, dueAt, createdAt }): Breach[] => {
    const isOver = ['sent', 'merged', 'summed', 'muted'].includes(state);
    const isFresh = dueAt > scenario.end - HOUR_MS || state === 'quiet' || platform === 'board';
    // Notices live for an hour.
    if (isOver || isFresh || (state === 'expired' && kind === 'notice')) return [];
    return [
      {
        what: 'open',
        at: createdAt,
        room: `${platform} ${address}`,
        expected: `an end of delivery ${id}`,
        came: `${kind} ${symbol} is ${state}`,
      },
    ];
  });

/**
 * What a channel was to be told twice, even if one card swallowed the other: a story, or a level that one observation
 * reached.
 */
export const checkRepeated = (run: Run): Breach[] => {
  const seen = new Set<string>();
  return run.deliveries.flatMap((delivery): Breach[] => {
    const { storyId, kind, symbol, createdAt: at, id } = delivery;
    const room = roomOf(delivery);
    const story = JSON.parse(delivery.body) as Story;
    const levels = story.kind === 'slide' ? story.alerts.map((alert) => ({ ...alert, at: story.observedAt })) : [];
    const whats = [
      `story ${storyId}`,
      ...levels.map((it) => `${symbol} ${ruleOf(it)}/${it.level / 100} of ${it.session} at ${time(it.at)}`),
    ];
    return whats.flatMap((what): Breach[] => {
      const isNew = !seen.has(`${room} ${what}`);
      seen.add(`${room} ${what}`);
      if (isNew) return [];
      return [{ what: 'twice', at, room, symbol, expected: `${what} once`, came: `${kind} ${id} with it again` }];
    });
  });
};
