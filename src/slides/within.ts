import { deepestReached } from '../market/compare.ts';
import type { Rules } from '../market/watchlist.ts';
import type { WithinAlert } from '../stories/alert.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { advanceTrack } from './advance-track.ts';
import type { Observation } from './machine.ts';
import type { Track, WithinState } from './state.ts';

/** Of prices closer together than this only the first is kept as a high: a window may begin so much late, never early. */
const HIGHS_APART_MS = 15_000;

type Highs = WithinState['highs'];

/** The highs with a price, without those that it exceeds and those before `since`. */
const highsWith = (highs: Highs, { price, tradeTime }: Observation, since: number): Highs => {
  const higher = highs.filter(([time, high]) => time >= since && high > price);
  const last = higher.at(-1);
  return last && tradeTime - last[0] < HIGHS_APART_MS ? higher : [...higher, [tradeTime, price]];
};

/** The highest price since an instant, with its time; undefined for none. */
export const highSince = (highs: Highs, since: number): readonly [number, number] | undefined =>
  highs.find(([time]) => time >= since);

/** The state of a session after its final close, or under no such rules: none. */
const isOver = (state: WithinState | undefined, { session, final }: Observation): boolean =>
  final && (state === undefined || state.session <= session);

/**
 * Folds a quote into the falls within minutes of its session: each level fires once a session. A close counts for none, as
 * nobody knows its minutes. A price that may be wrong, or of another unit, is neither a high nor a fall.
 */
export const observeWithin = (
  rules: Rules['within'],
  state: WithinState | undefined,
  observation: Observation,
): { readonly alerts: WithinAlert[]; readonly within: WithinState | undefined } => {
  const { symbol, session, price, tradeTime, final, keepsDisarmed } = observation;
  if (rules === undefined || isOver(state, observation)) return { alerts: [], within: undefined };
  const now = state?.session === session ? state : { session, highs: [], tracks: {} };
  const isOlder = (state?.session ?? '') > session || tradeTime < (now.highs.at(-1)?.[0] ?? 0);
  if (final || keepsDisarmed || isOlder) return { alerts: [], within: state };
  const longest = Math.max(...rules.map(({ minutes }) => minutes));
  const highs = highsWith(now.highs, observation, tradeTime - longest * MINUTE_MS);
  const tracks: Record<number, Track> = {};
  const alerts: WithinAlert[] = [];
  for (const { minutes, levels } of rules) {
    const [highTime, high] = highSince(highs, tradeTime - minutes * MINUTE_MS) ?? [tradeTime, price];
    const { disarmed, pending } = now.tracks[minutes] ?? { disarmed: 0 };
    const track = { disarmed, ...(pending && { pending }) };
    const next = advanceTrack(track, observation, disarmed, deepestReached(price, high, levels));
    if (next.track.disarmed > 0 || next.track.pending) tracks[minutes] = next.track;
    if (next.fired === 0) continue;
    const above = disarmed > 0 ? { above: disarmed } : {};
    alerts.push({ kind: 'within', symbol, session, price, minutes, level: next.fired, ...above, high, highTime });
  }
  return { alerts, within: { session, highs, tracks } };
};
